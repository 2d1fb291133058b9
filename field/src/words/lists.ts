/** Words of long lists. */
export const LISTS = {
  shownOf: { en: "{n} of {m} shown", zh: "共{m}条，已显示{n}条", fr: "{n} sur {m}" },
  showMore: { en: "Show more", zh: "显示更多", fr: "Afficher plus" },
  allInMonth: {
    en: "The newest 30 stand here; all are in My month.",
    zh: "此处只列最新30条，全部见“本月”。",
    fr: "Les 30 plus récents figurent ici ; tous sont dans Mon mois.",
  },
} as const;
