package dev.runnel.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A crowd of which each waits at a channel of its own, and answers over another of its own.
 *
 * @param <C> the peer's channels
 */
final class PairsCrowd<C> implements Crowd {
  private final Peer<C> peer;
  private List<C> questions = List.of();
  private List<C> answers = List.of();

  PairsCrowd(Peer<C> peer) {
    this.peer = peer;
  }

  @Override
  public void gather(int count) throws InterruptedException {
    questions = new ArrayList<>(count);
    answers = new ArrayList<>(count);
    CountDownLatch come = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      C question = peer.channel(0);
      C answer = peer.channel(0);
      questions.add(question);
      answers.add(answer);
      peer.go(() -> {
        come.countDown();
        peer.send(answer, peer.receive(question));
      });
    }
    come.await();
  }

  @Override
  public void dismiss() throws Exception {
    peer.goAll(
        List.of(
            () -> {
              for (C question : questions) {
                peer.send(question, 1);
              }
            },
            () -> {
              for (C answer : answers) {
                Workloads.check(peer.receive(answer), 1);
              }
            }));
    questions = List.of();
    answers = List.of();
  }
}
