import { expect, test } from "vitest";
import { find, folded, type Item } from "./find";

const item = (id: string, en: string, fr: string, zh: string, more: string): Item => ({
  id,
  n: { en, fr, zh },
  f: [en, fr, zh].map(folded).concat(more).join("\n"),
  sp: "SURGERY",
  k: "TECHNIQUE",
});
const ITEMS = [
  item("1", "Appendicectomy", "Appendicectomie", "阑尾切除术", "lanweiqiechushu\nlwqcs\nk35.8"),
  item("2", "Caesarean section", "Césarienne", "剖宫产", "pougongchan\npgc"),
  item("4", "Malaria", "Paludisme", "疟疾", "nveji\nnj"),
  item("3", "Hernia repair", "Cure de hernie", "疝修补术", "shanxiubushu\nsxbs"),
];
const ids = (typed: string, recent: string[] = []): string[] =>
  find(ITEMS, typed, recent).map((one) => one.id);

test("an item is found in three tongues, in pinyin, by its initials and by its code", () => {
  for (const typed of ["append", "阑尾", "lanwei", "lwqcs", "K35.8"]) {
    expect(ids(typed), typed).toEqual(["1"]);
  }
  expect(ids("cesarienne")).toEqual(["2"]);
  expect(ids("CÉSAR")).toEqual(["2"]);
  expect(ids("nothing")).toEqual([]);
});

test("with nothing typed the recent ones come first", () => {
  expect(ids("", ["3", "2"])).toEqual(["3", "2", "1", "4"]);
});

test("nue, nüe and nve are one sound", () => {
  for (const typed of ["nue", "nueji", "nüeji", "NÜE", "nu\u0308e", "nveji", "nj"]) {
    expect(ids(typed), typed).toEqual(["4"]);
  }
  expect(ids("lue")).toEqual([]);
});
