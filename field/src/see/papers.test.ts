import { expect, test } from "vitest";
import { numbersIn } from "./telephone";

const dialled = (text: string): readonly string[] => numbersIn(text).map(({ dial }) => dial);

test.each([
  "GPS 9.5370785, -13.6772900",
  "9.5370785 -13.6772900",
  "9.5370785° N, 13.6772900° W",
  "Lat 9.5370785 Lon -13.6772900",
  "23.129110, 113.264385",
  "经度113.264385 纬度23.129110",
  "contrat n° 123456789",
  "Dossier 123456789",
  "Réf : 2026/1234567",
  "Policy 123-456-789",
  "Member no. 12345678",
  "N° adhérent : 12 345 678",
  "Code client : 123 456 789",
  "Police d’assurance 123456789",
  "Police n° 123 456 789",
  "Police n° 977123456",
  "N° de dossier : 123456789",
  "Numéro du contrat 12345678",
  "N° de référence : 1234567",
  "Mot de passe du dossier 12345678",
  "N° client : 12345678",
  "腾讯会议 622-112-233",
  "(8) 150 000 000 FG",
  "北纬23.1291100 东经113.2643850",
  "南纬17.7338900 东经168.3219100",
  "坐标：23.1291100",
  "GPS:23.1291100",
  "保单号 123456789",
  "会员号：12345678",
  "客户号 1234567",
  "密码 12345678",
  "WiFi密码：12345678",
  "Wi-Fi mot de passe 12345678",
  "Zoom 123 456 789",
  "Zoom meeting ID: 123 456 7890",
  "腾讯会议 123-456-789",
  "Caution 15 000 000 FG",
  "Permanence 0730 1630",
  "Urgences 0800 à 1800",
])(
  "nothing is dialled of a place, a contract, a password, a meeting, a sum or hours: %s",
  (note) => {
    expect(dialled(note)).toEqual([]);
  },
);

const BESIDE: readonly (readonly [string, readonly string[]])[] = [
  ["Assistance +33 1 99 00 00 00, contrat n° 123456789", ["+33199000000"]],
  ["Assurance : police n° 123456789, tél 622112233", ["622112233"]],
  ["Réf. dossier 12345678 : 622112233", ["622112233"]],
  ["SOS International +86 10 6462 9100, 保单号 123456789", ["+861064629100"]],
  ["GPS 9.5370785, -13.6772900 ; tél. 622112233", ["622112233"]],
  ["Urgences 0800/1800 : 622112233", ["622112233"]],
  ["Taxi 622112233, 15 000 FG", ["622112233"]],
  ["Taxi 622112233, 15 000 GNF", ["622112233"]],
  ["Police 117, 15 000 FG", ["117"]],
  // what has the same words, and is called
  ["Police 117", ["117"]],
  ["police: 17", ["17"]],
  ["police 4567", ["4567"]],
  ["Police n° 117", ["117"]],
  ["Police n° : 17", ["17"]],
  ["Police n° 12110", ["12110"]],
  ["Police n° 1299/117", ["1299", "117"]],
  ["Police n° 622 11 22 33", ["622112233"]],
  ["Police n° 622112233", ["622112233"]],
  ["Pompiers n° 1818", ["1818"]],
  ["SAMU : 15 - 0800/1800", ["15"]],
  ["Service client 622112233", ["622112233"]],
  ["Team member 622112233", ["622112233"]],
  ["Dossier : Dr Bah 622112233", ["622112233"]],
  ["Contrat +224 622112233", ["+224622112233"]],
  ["Contrat : 00224 622112233", ["+224622112233"]],
  ["Contrat\n622112233", ["622112233"]],
  ["会议：13800138000", ["13800138000"]],
  ["620.000001", ["620000001"]],
  ["62.2112233 / 66.4123456", ["622112233", "664123456"]],
  ["8h30.30410002", ["30410002"]],
  ["7620 0800", ["76200800"]],
];

test.each(BESIDE)("of %s a tap dials the telephone alone", (note, numbers) => {
  expect(dialled(note)).toEqual(numbers);
});

const PEOPLE: readonly (readonly [string, readonly string[]])[] = [
  // of reference, or in charge of files: somebody who is called
  ["Hôpital de référence : 622 11 22 33", ["622112233"]],
  ["Centre de référence 7612345", ["7612345"]],
  ["Laboratoire de référence : 30 41 00 02", ["30410002"]],
  ["Médecin de référence 0977 123 456", ["0977123456"]],
  ["Hôpital référence 622 112 233", ["622112233"]],
  ["Chargé du dossier : 622 11 22 33", ["622112233"]],
  ["Chargée de dossier 7612345", ["7612345"]],
  ["Réf : 224 622 11 22 33", ["+224622112233"]],
  ["Appel WiFi : 622 11 22 33", ["622112233"]],
  ["Appel WiFi : 7612345", ["7612345"]],
  ["会议：138 0013 8000", ["13800138000"]],
  ["会员 400-810-1234", ["4008101234"]],
  ["客户编号13800138000", ["13800138000"]],
  ["N° membre 622 11 22 33", ["622112233"]],
  // for members and clients
  ["Ligne adhérent : 01 99 00 00 00", ["0199000000"]],
  ["Assistance adhérent : 01 99 00 00 00", ["0199000000"]],
  ["Ligne adhérent 7612345", ["7612345"]],
  ["Assistance adhérent n° 7612345", ["7612345"]],
  ["Service client n° 7612345", ["7612345"]],
  // the police have a n° in each land
  ["Police n° 0977 123 456", ["0977123456"]],
  ["Police n° 0211 253 161", ["0211253161"]],
  ["Police n° 7712345", ["7712345"]],
  ["Police n° 22222", ["22222"]],
  ["Police n° 13800138000", ["13800138000"]],
  ["Police n° 622 112 233", ["622112233"]],
  ["Police n° 30410002", ["30410002"]],
  ["Police n° 224 622 11 22 33", ["+224622112233"]],
  ["Police n° 1299", ["1299"]],
  ["Police n° 7612345 24h/24", ["7612345"]],
  // a sum behind a number that is whole
  ["(+224) 622 11 22 33 15 000 FG", ["+224622112233"]],
  ["+224 622 11 22 33 15 000 FG", ["+224622112233"]],
  // whole, whatever fits behind it
  ["+86-10-12308 120", ["+861012308"]],
  ["0086 10 12308 120", ["+861012308"]],
  ["+86-10-12308 0800 à 1800", ["+861012308"]],
];

test.each(PEOPLE)(
  "whoever is called is dialled, whatever else the words may mean: %s",
  (note, numbers) => {
    expect(dialled(note)).toEqual(numbers);
  },
);

const READ_OUT = [
  "contrat n° 123456789",
  "police n° 456789123",
  "Réf : 2026/1234567",
  "N° adhérent 1234567",
  "保单号 123456789",
  "密码 12345678",
  "Zoom 123 456 789",
  "GPS 9.5370785, -13.6772900",
  "15 000 FG",
];
const CALLED = [
  "622112233",
  "622 11 22 33",
  "+224 622 11 22 33",
  "13800138000",
  "tél. 117",
  "SAMU : 15",
  "急救120",
  "(117)",
  "76 00 00 01",
];

test("whatever is read out beside a number, that number is dialled, and no other", () => {
  const wrong: string[] = [];
  for (const paper of READ_OUT)
    for (const number of CALLED)
      for (const space of [", ", " : ", "; ", "，", ". "])
        for (const note of [`${number}${space}${paper}`, `${paper}${space}${number}`])
          if (dialled(note).join() !== dialled(number).join()) wrong.push(note);
  expect(wrong).toEqual([]);
});

test.each([
  ["电话/微信：13800138000", "13800138000"],
  ["手机和微信13800138000", "13800138000"],
  ["电话微信：138 0013 8000", "13800138000"],
  ["WhatsApp/WeChat 622112233", "622112233"],
  ["Tél. / WeChat : 622 11 22 33", "622112233"],
  ["Téléphone/WeChat : 622 11 22 33", "622112233"],
  ["Portable/WeChat 622112233", "622112233"],
  ["Phone and WeChat 0977123456", "0977123456"],
  ["WhatsApp or WeChat 622112233", "622112233"],
  ["电话及微信：13800138000", "13800138000"],
  ["手机与微信13800138000", "13800138000"],
])("a telephone that has WeChat too is dialled: %s", (note, number) => {
  expect(dialled(note)).toEqual([number]);
});

test.each([
  "微信 123456789",
  "QQ/微信 123456789",
  "WeChat: 123456789",
  "Hôtel / WeChat 123456789",
  "phone WeChat ID 123456789",
])("of WeChat alone nothing is dialled: %s", (note) => {
  expect(dialled(note)).toEqual([]);
});

test.each([
  ["Tel1 +224 622 11 22 33", ["+224622112233"]],
  ["Tél2 00224 622 11 22 33", ["+224622112233"]],
  ["Salle B12 +224 622 11 22 33", ["+224622112233"]],
  ["salle 12 - +224 622 11 22 33", ["+224622112233"]],
  ["lun 8-12 14-18 622112233", ["622112233"]],
  ["8-12 14-18 622 11 22 33", ["622112233"]],
  ["N° vert 115", ["115"]],
  ["00224 622 11 22 33 00224 664 12 34 56", ["+224622112233", "+224664123456"]],
  ["00224622112233 00224664123456", ["+224622112233", "+224664123456"]],
] as const)("each number of %s is a link", (note, numbers) => {
  expect(dialled(note)).toEqual(numbers);
});

test.each(["Salle B+224 622 11 22 33", "8h 14-18 22 33 44", "vert 115"])(
  "what is in doubt stays none: %s",
  (note) => {
    expect(dialled(note)).toEqual([]);
  },
);
