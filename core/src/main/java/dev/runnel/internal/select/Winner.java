package dev.runnel.internal.select;

import dev.runnel.internal.hook.Choice;
import org.jspecify.annotations.Nullable;

/** Tells tools which case of a select has won. */
final class Winner {

  private Winner() {}

  /** What the winner stands for, before its result is made; null if none has won in time. */
  static @Nullable Choice told(@Nullable Object winner) {
    return switch (winner) {
      case Receiving<?> receiving ->
          new Choice(Choice.Way.RECEIVE, partnerOf(receiving), receiving.item());
      case Sending<?> sending -> {
        Object end = sending.ending();
        yield new Choice(Choice.Way.SEND, partnerOf(sending), end == null ? sending.next() : end);
      }
      case After<?> _ -> new Choice(Choice.Way.AFTER, null, null);
      case Otherwise<?> _ -> new Choice(Choice.Way.OTHERWISE, null, null);
      case null, default -> null;
    };
  }

  private static @Nullable Object partnerOf(Arm<?> arm) {
    return switch (arm) {
      case ChannelArm atChannel -> atChannel.channel();
      case ForeignArm atForeign -> atForeign.foreign();
      default -> null; // the nil channel's, which never wins
    };
  }
}
