import { expect, test } from "vitest";
import { Turns } from "./turns";

test("a network that comes while a round is on its way is used when that round ends", async () => {
  let done = 0;
  let end = (): void => undefined;
  const turns = new Turns(() => {
    done += 1;
    return new Promise<void>((ended) => {
      end = ended;
    });
  });
  const first = turns.take();
  expect([turns.take() === first, done], "one at a time").toEqual([true, 1]);
  turns.anew();
  turns.anew();
  expect(done, "what runs is waited for").toBe(1);
  end();
  await first;
  await Promise.resolve();
  expect(done, "and once more, not twice").toBe(2);
  end();
  await turns.take();
  turns.anew();
  expect(done, "with nothing on its way it begins at once").toBe(3);
});
