/** The app's words in three tongues; a test holds that none is missing. */
export const WORDS = {
  title: { en: "Field", zh: "现场", fr: "Terrain" },
  signIn: {
    en: "Open this page once with a network and signed in; then it works without.",
    zh: "请先在有网络并已登录时打开一次本页，之后无网络也可使用。",
    fr: "Ouvrez cette page une fois avec le réseau, une fois connecté ; ensuite elle marche sans.",
  },
  signInLink: { en: "Sign in", zh: "登录", fr: "Se connecter" },
  batch: { en: "Batch", zh: "批次", fr: "Équipe" },
  day: { en: "Day", zh: "日期", fr: "Jour" },
  visits: {
    en: "Visits (not patients)",
    zh: "诊疗人次（非人数）",
    fr: "Consultations (non patients)",
  },
  save: { en: "Save on this phone", zh: "保存到本机", fr: "Garder sur ce téléphone" },
  saved: { en: "Saved on this phone.", zh: "已保存到本机。", fr: "Gardé sur ce téléphone." },
  noBatch: {
    en: "No batch of yours is away now.",
    zh: "目前没有您的在外批次。",
    fr: "Aucune de vos équipes n’est partie actuellement.",
  },
  waiting: { en: "not sent yet", zh: "条未发送", fr: "à envoyer" },
  allSent: { en: "All sent.", zh: "全部已发送。", fr: "Tout est envoyé." },
  offline: { en: "No network", zh: "无网络", fr: "Pas de réseau" },
  send: { en: "Send now", zh: "立即发送", fr: "Envoyer" },
  notSaved: {
    en: "Not saved: the phone's memory is full. Free some space, then save again.",
    zh: "未保存：手机存储已满。请清理空间后再保存。",
    fr: "Non gardé : la mémoire est pleine. Libérez de la place, puis recommencez.",
  },
  queued: { en: "on this phone", zh: "在本机", fr: "sur ce téléphone" },
  on_server: { en: "arrived", zh: "已送达", fr: "arrivé" },
  quarantined: {
    en: "kept, a person looks at it",
    zh: "已留存，待人工查看",
    fr: "gardé, à examiner",
  },
  conflict: {
    en: "two values, a person decides",
    zh: "有两个值，待人工决定",
    fr: "deux valeurs, à trancher",
  },
  issued_again: { en: "sent anew", zh: "已重新发送", fr: "renvoyé" },
  countRange: { en: "Count from 1 to 5,000.", zh: "请填写1到5000。", fr: "De 1 à 5 000." },
} as const;

export type Word = keyof typeof WORDS;
export type Tongue = "en" | "zh" | "fr";

export function tongueOf(lang: string): Tongue {
  const short = lang.slice(0, 2);
  return short === "zh" || short === "fr" ? short : "en";
}

export function speak(tongue: Tongue): (word: Word) => string {
  return (word) => WORDS[word][tongue];
}
