import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  event: string;
  id: string;
  signature: string;
  body: string;
  headers: IncomingHttpHeaders;
}

/** A webhook receiver that keeps what it gets and answers what `answerWith` says, or never when that is `undefined`. */
export interface Receiver {
  url: string;
  received: Received[];
  answerWith: (delivery: number) => number | undefined;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const { headers } = request;
      receiver.received.push({
        event: String((JSON.parse(body) as { event: unknown }).event),
        id: String(headers['x-razorpay-event-id']),
        signature: String(headers['x-razorpay-signature']),
        body,
        headers,
      });
      const status = receiver.answerWith(receiver.received.length);
      if (status !== undefined) response.writeHead(status).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/v1/webhooks/razorpay`,
    received: [],
    answerWith: () => 200,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
