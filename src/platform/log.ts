import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Whatever stands under these names is never written, at any of the depths that are logged. */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'token',
  'secret',
  'keySecret',
  'authorization',
  'cookie',
  'set-cookie',
  'x-razorpay-signature',
  'razorpaySignature',
];

const quoted = (field: string): string => (/^[a-z]+$/i.test(field) ? `.${field}` : `["${field}"]`);

/** Structured lines on standard output, one JSON object each, with secrets replaced by `[redacted]`. */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  const paths = SECRET_FIELDS.flatMap((field) => [
    field.includes('-') ? `["${field}"]` : field,
    `*${quoted(field)}`,
    `*.*${quoted(field)}`,
  ]);
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths, censor: '[redacted]' },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
