/** One piece of work at a time: whoever asks while it is done waits for the same. */
export class Turns {
  private running: Promise<void> | undefined;
  private more = false;

  constructor(private readonly work: () => Promise<void>) {}

  take(): Promise<void> {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
      if (this.more) void this.take();
      this.more = false;
    });
    return this.running;
  }

  /** What is done now began under other signs: it is done once more when it ends. */
  anew(): void {
    this.more = this.running !== undefined;
    void this.take();
  }
}
