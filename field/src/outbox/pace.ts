/** How much is sent at once, and how long is waited after a failure. */

const FIRST = 60; // lines: a day and more
const MOST = 480;
const BYTES = 65_536; // read in one answer
const WAIT = 5_000; // ms after a first failure
const LONGEST = 900_000; // ms: a quarter of an hour

/** Nothing moved for so long that the link is as good as gone, or the server said "too much". */
export class TooMuch extends Error {}

export class Pace {
  size = FIRST;
  bytes = BYTES;
  private failures = 0;

  /** Do it; what took too long is tried with half as much, what went well with twice. */
  async timed<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.size = Math.min(MOST, this.size * 2);
      this.bytes = Math.min(BYTES, this.bytes * 2);
      return done;
    } catch (trouble) {
      if (trouble instanceof TooMuch) {
        this.size = Math.max(1, Math.floor(this.size / 2));
        this.bytes = Math.max(2048, Math.floor(this.bytes / 2));
      }
      throw trouble;
    }
  }

  /** How long to wait after one more failure: longer each time, and no two phones the same. */
  pause(dice = Math.random()): number {
    const most = Math.min(LONGEST, WAIT * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    return 1_000 + Math.floor(dice * most);
  }

  /** What was answered is kept, or a network came: begin with the shortest pause again. A full phone
   * keeps no answer, and would send the same lines over and over. */
  fresh(): void {
    this.failures = 0;
  }
}
