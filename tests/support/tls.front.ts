import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls';

/** Ends TLS before a server on this machine that speaks none, as providers do before theirs. */
export type TlsFront = {
  port: number;
  /** Which names were asked for in the greetings (SNI); `undefined` for a client that named none. */
  names: readonly (string | undefined)[];
  /** Cuts every connection; new ones are taken. */
  cut(): void;
  stop(): Promise<void>;
};

export async function startTlsFront(behindPort: number, tls: TlsOptions): Promise<TlsFront> {
  const names: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer(tls, (front: TLSSocket) => {
    // Node says `false` for none; its types do not.
    const name: unknown = Reflect.get(front, 'servername');
    names.push(typeof name === 'string' ? name : undefined);
    const behind = connect(behindPort, '127.0.0.1');
    for (const [one, other] of [
      [front, behind],
      [behind, front],
    ] as const) {
      keep(one);
      one.pipe(other);
      one.once('close', () => other.destroy());
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    names,
    cut,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      cut();
      await closed;
    },
  };
}
