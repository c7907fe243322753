/** What the programs need in a package that is not theirs. */
package dev.runnel.race.programs.apart;
