import { expect, test } from "vitest";
import { nameIn, whoIn } from "./privacy";

// the examples of the server's own test of these shapes
const NUMBERS = [
  "call 13900001111", "+224 622 12 34 56", "tel (010) 6552-1234", "110101199003077777",
  "id 11010119900307123X", "passport E12345678", "dossier AB 123456", "电话13900001111",
  "身份证号110101199003077777", "１３９００００１１１１", "Dr Ba 0612345678",
]; // biome-ignore format: a list
const PLAIN = [
  "plates out by 2026-11-21", "3 of 12 doses", "500 mg twice", "le 21/11/2026", "2026/11/21",
  "ward 12, bed 4", "两人需二次手术", "Dr Ba", "Reagents for Donka Hospital", "患者马上需要透析",
]; // biome-ignore format: a list
const NAMED = [
  "Mamadou Diallo, wound", "M. Diallo", "Mme Camara: plaie", "seen with Mrs Smith",
  "Mamadou DIALLO", "DIALLO Mamadou", "name: x", "患者王小明，骨折", "李先生需拔钉", "张某某",
  "姓名：赵一", "patient Diallo", "患者Mamadou Diallo",
]; // biome-ignore format: a list
const UNNAMED = [
  "Two need plates removed", "患者需要拔钉", "两名患者高血压需随访", "une reprise de cicatrice",
  "Kirschner wires out in 6 weeks", "an anaesthetic nurse of theatre 2", "患者马上需要透析",
]; // biome-ignore format: a list

test("a number or a name by which a patient may be found is known as the server knows it", () => {
  for (const text of NUMBERS) expect(whoIn(text), text).not.toBe("");
  for (const text of PLAIN) expect(whoIn(text), text).toBe("");
  for (const text of NAMED) expect(nameIn(text), text).not.toBe("");
  for (const text of UNNAMED) expect(nameIn(text), text).toBe("");
  expect(whoIn("told patient Diallo that he comes back")).toBe("patient Diallo");
});
