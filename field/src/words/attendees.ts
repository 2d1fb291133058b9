/** Words of the list of who signed up for a training. */
export const ATTENDEES = {
  signUpList: { en: "Names signed up", zh: "签到名单", fr: "Noms des inscrits" },
  signUpHow: {
    en: "A name a line, or commas between them; the list counts them",
    zh: "每行一个姓名，或用顿号、逗号隔开，自动计数",
    fr: "Un nom par ligne, ou des virgules entre eux ; la liste les compte",
  },
  manyNames: {
    en: "A list holds at most 500 names.",
    zh: "一份名单最多500个姓名。",
    fr: "Une liste compte au plus 500 noms.",
  },
  longName: {
    en: "A name on the list is longer than 120 letters: put a comma or a new line between names.",
    zh: "名单中有一个姓名超过120个字：请用顿号、逗号或换行隔开各个姓名。",
    fr: "Un nom de la liste dépasse 120 lettres : mettez une virgule ou une ligne entre les noms.",
  },
};
