/** A request that a stand-in turns down, with the reason in the words of the service it stands for. */
export class Refusal extends Error {
  readonly status: number;
  readonly field: string | undefined;

  constructor(description: string, options: { status?: number; field?: string } = {}) {
    super(description);
    this.name = 'Refusal';
    this.status = options.status ?? 400;
    this.field = options.field;
  }
}
