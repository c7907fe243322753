package dev.runnel.field.drivers;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logback: a rolling file, straight and behind a queue, levels that change, MDC, throwables. */
final class LogbackLoggers {
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} [%thread] %-5level %logger{20} %X{who} %caller{1} - %msg%n%ex{5}";

  private LogbackLoggers() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("field-logback");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    try {
      context.reset();
      RollingFileAppender<ILoggingEvent> file = file(context, folder);
      AsyncAppender queue = new AsyncAppender();
      queue.setContext(context);
      queue.setQueueSize(64);
      queue.setIncludeCallerData(true);
      queue.addAppender(file(context, folder.resolve("behind")));
      queue.start();
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.setLevel(Level.INFO);
      root.addAppender(file);
      root.addAppender(queue);
      Crew.work(4, random -> log(context, random));
    } finally {
      context.stop();
      delete(folder);
    }
  }

  private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path folder) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder + "/old.%i.log");
    rolling.setMaxIndex(3);
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(50_000));
    appender.setContext(context);
    appender.setFile(folder + "/now.log");
    appender.setEncoder(encoder);
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    rolling.start();
    trigger.start();
    appender.start();
    return appender;
  }

  private static void log(LoggerContext context, SplittableRandom random) {
    Logger logger = context.getLogger("field.n" + random.nextInt(30) + ".m" + random.nextInt(3));
    MDC.put("who", "worker");
    logger.debug("not told unless the level is {}", Level.DEBUG);
    logger.info("number {} of {}", random.nextInt(100), 100);
    if (random.nextInt(20) == 0) {
      logger.warn("failed", new IllegalStateException("on purpose"));
    }
    if (random.nextInt(50) == 0) {
      logger.setLevel(random.nextBoolean() ? Level.DEBUG : null);
      Crew.check(!context.getLoggerList().isEmpty(), "no loggers");
    }
    MDC.remove("who");
  }

  private static void delete(Path folder) throws Exception {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
