package dev.runnel.field.drivers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Netty: echo over sockets and in memory, pooled buffers that change threads, promises, timers. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is missed at the other end
final class NettyLoops {
  private NettyLoops() {}

  public static void main(String[] args) throws Exception {
    EventLoopGroup nio = new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory());
    EventLoopGroup local = new MultiThreadIoEventLoopGroup(4, LocalIoHandler.newFactory());
    EventExecutorGroup apart = new DefaultEventExecutorGroup(3);
    try {
      echo(
          nio,
          apart,
          NioServerSocketChannel.class,
          NioSocketChannel.class,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      echo(
          local,
          apart,
          LocalServerChannel.class,
          LocalChannel.class,
          new LocalAddress(NettyLoops.class));
      buffers();
      promises(apart);
      timers();
    } finally {
      nio.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
      local.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
      apart.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  /** Sends what it is sent, from another thread than the channel's. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    private final EventExecutorGroup apart;
    private int messages; // of one channel's handler, on one thread

    Echo(EventExecutorGroup apart) {
      this.apart = apart;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      messages++;
      Crew.check(messages > 0, "not counted");
      apart.execute(() -> context.writeAndFlush(message, context.voidPromise()));
    }
  }

  private static void echo(
      EventLoopGroup loops,
      EventExecutorGroup apart,
      Class<? extends ServerChannel> server,
      Class<? extends Channel> client,
      SocketAddress address)
      throws Exception {
    Channel bound =
        new ServerBootstrap()
            .group(loops)
            .channel(server)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Echo(apart));
                  }
                })
            .bind(address)
            .sync()
            .channel();
    Crew.work(3, random -> talk(loops, client, bound.localAddress(), 1 + random.nextInt(50)));
    bound.close().sync();
  }

  private static void talk(
      EventLoopGroup loops, Class<? extends Channel> client, SocketAddress to, int messages)
      throws InterruptedException {
    Semaphore received = new Semaphore(0);
    Channel channel =
        new Bootstrap()
            .group(loops)
            .channel(client)
            .handler(
                new SimpleChannelInboundHandler<ByteBuf>() {
                  @Override
                  protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                    received.release(bytes.readableBytes());
                  }
                })
            .connect(to)
            .sync()
            .channel();
    for (int i = 0; i < messages; i++) {
      channel.writeAndFlush(channel.alloc().buffer().writeInt(i), channel.voidPromise());
    }
    Crew.check(received.tryAcquire(4 * messages, 20, TimeUnit.SECONDS), "no echo");
    channel.close().sync();
  }

  /** Allocated on one thread and released on another. */
  private static void buffers() throws Exception {
    BlockingQueue<ByteBuf> passed = new LinkedBlockingQueue<>(64);
    PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    FastThreadLocal<int[]> own =
        new FastThreadLocal<>() {
          @Override
          protected int[] initialValue() {
            return new int[1];
          }
        };
    Crew.work(
        4,
        random -> {
          own.get()[0]++;
          ByteBuf buffer = allocator.buffer(16 << random.nextInt(10));
          buffer.writeLong(random.nextLong());
          ByteBuf slice = buffer.retainedSlice(0, 4);
          if (!passed.offer(buffer)) {
            buffer.release();
          }
          slice.release();
          ByteBuf other = passed.poll();
          if (other != null) {
            Crew.check(other.readableBytes() == 8, "other bytes");
            other.release();
          }
        });
    passed.forEach(ByteBuf::release);
  }

  private static void promises(EventExecutorGroup executors) throws Exception {
    Crew.work(
        3,
        random -> {
          int n = random.nextInt(100);
          Promise<int[]> promise = executors.next().newPromise();
          Promise<Integer> sum = executors.next().newPromise();
          promise.addListener(done -> {
            promise.getNow()[0]++;
            sum.setSuccess(promise.getNow()[0]);
          });
          executors.next().execute(() -> promise.setSuccess(new int[] {n}));
          Crew.check(sum.get(10, TimeUnit.SECONDS) == n + 1, "a wrong sum");
          executors.next().schedule(() -> n, 1, TimeUnit.MICROSECONDS).get(10, TimeUnit.SECONDS);
        });
  }

  private static void timers() throws Exception {
    HashedWheelTimer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
    Crew.work(
        3,
        random -> {
          int[] box = new int[1];
          Semaphore fired = new Semaphore(0);
          box[0] = 1;
          timer.newTimeout(
              t -> {
                box[0]++;
                fired.release();
              },
              1,
              TimeUnit.MILLISECONDS);
          timer.newTimeout(t -> {}, 1, TimeUnit.SECONDS).cancel();
          Crew.check(fired.tryAcquire(10, TimeUnit.SECONDS) && box[0] == 2, "not fired");
        });
    timer.stop();
  }
}
