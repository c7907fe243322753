package dev.runnel;

import dev.runnel.internal.select.Arm;
import dev.runnel.internal.select.Follow;
import org.jspecify.annotations.Nullable;

/**
 * One of the things a {@link Select} waits for: a receive, a send, a time, or {@link
 * Select#otherwise}. Made by channels, contexts and {@link Select}.
 *
 * @param <R> the type of what {@code select} returns when this case wins; {@code Void} if nothing
 */
public sealed interface Case<R extends @Nullable Object>
    permits ReceiveCase, SendCase, Arm, Follow {}
