/** Words of what the office did not take, and of what this phone could not keep. */
export const ASIDE = {
  notTaken: {
    en: "Not taken by the office, and so not in these sums",
    zh: "办公室未采用、未计入以上数字的记录数",
    fr: "Non retenu par le bureau, donc hors de ces sommes",
  },
  asideHow: {
    en: "The office has not taken this. It is kept there as you wrote it.",
    zh: "办公室未采用以下内容，已在办公室按原样留存。",
    fr: "Le bureau n’a pas retenu ceci. Il le garde tel que vous l’avez écrit.",
  },
  leftBeside: {
    en: "Two values had been written. The office left what stands below; this phone had sent:",
    zh: "同一内容曾有两个值。办公室保留了下面的值；本机当时发送的是：",
    fr: "Deux valeurs avaient été écrites. Le bureau a laissé ce qui figure ci-dessous ; ce téléphone avait envoyé :",
  },
  putSince: {
    en: "What this phone had sent stands no more. What stands since:",
    zh: "本机当时发送的数字已被改动，现为：",
    fr: "Ce que ce téléphone avait envoyé ne figure plus. Depuis, il y a :",
  },
  byTheOffice: {
    en: "put there by the office",
    zh: "由办公室填写",
    fr: "inscrit par le bureau",
  },
  fromElsewhere: {
    en: "not from this phone",
    zh: "非本机填写",
    fr: "pas depuis ce téléphone",
  },
  whyValues: {
    en: "Something in it cannot be: look at its day, its numbers and its names.",
    zh: "其中有不可能成立的内容，请核对日期、数字和姓名。",
    fr: "Quelque chose n’y est pas possible : voyez le jour, les nombres et les noms.",
  },
  whyClosed: {
    en: "The report of this month was handed in: nobody writes in it any more.",
    zh: "本月报表已提交，不能再填写。",
    fr: "Le rapport de ce mois est remis : plus personne n’y écrit.",
  },
  whyEnded: {
    en: "This phone was ended, or its account was closed.",
    zh: "本机已停用，或账户已关闭。",
    fr: "Ce téléphone a été arrêté, ou son compte fermé.",
  },
  whyNotAllowed: {
    en: "Your account may not do this.",
    zh: "您的账户无权这样做。",
    fr: "Votre compte n’en a pas le droit.",
  },
  whyUnseen: {
    en: "What it is about is not at the office, or is not yours to see.",
    zh: "它所涉及的内容不在办公室，或您无权查看。",
    fr: "Ce dont il s’agit n’est pas au bureau, ou n’est pas à vous.",
  },
  whyOvertaken: {
    en: "Somebody else changed it meanwhile.",
    zh: "其间已有其他人更改。",
    fr: "Quelqu’un d’autre l’a changé entre-temps.",
  },
  whyBare: {
    en: "It does not tell what it has to.",
    zh: "缺少必须填写的内容。",
    fr: "Il y manque ce qu’il faut dire.",
  },
  whyUnread: {
    en: "The office’s server could not read it.",
    zh: "办公室的服务器无法读取。",
    fr: "Le serveur du bureau n’a pas pu le lire.",
  },
  noPhotosNow: {
    en: "Too little room for photographs.",
    zh: "空间不足，不能再存照片。",
    fr: "Trop peu de place pour des photos.",
  },
  lastNotSaved: {
    en: "The last time you saved, it was not kept: this phone’s memory may be full. Look into the form, free some space, then save it again.",
    zh: "最近一次保存没有成功：本机存储可能已满。请查看表单，清理空间后再保存。",
    fr: "Le dernier enregistrement n’a pas été gardé : la mémoire de ce téléphone est peut-être pleine. Rouvrez le formulaire, libérez de la place, puis recommencez.",
  },
  pictureNotHere: {
    en: "no longer on this phone",
    zh: "已不在本机",
    fr: "n’est plus sur ce téléphone",
  },
  pictureGone: {
    en: "Not saved yet. Take out or choose again what is no longer on this phone",
    zh: "尚未保存。以下照片已不在本机，请移除或重新选择",
    fr: "Pas encore enregistré. Retirez ou choisissez de nouveau ce qui n’est plus sur ce téléphone",
  },
  wentAside: {
    en: "Arrived at the office and set aside: a person looks at it there.",
    zh: "已送达办公室，但未采用，待人工查看。",
    fr: "Arrivé au bureau et mis de côté : quelqu’un l’y examine.",
  },
  accountClosed: {
    en: "This account was closed at headquarters. What this phone still sends is kept there, and a person looks at it. Once all has arrived, it is taken off this phone.",
    zh: "总部已关闭此账户。本机发出的内容仍会在总部保存，由专人查看。全部送达后，将从本机清除。",
    fr: "Le siège a fermé ce compte. Ce que ce téléphone envoie encore y est gardé et examiné. Quand tout sera arrivé, il sera retiré de ce téléphone.",
  },
  accountOff: {
    en: "This account was closed at headquarters. All this phone held of it has arrived and is taken off.",
    zh: "总部已关闭此账户。本机上的内容已全部送达，并已从本机清除。",
    fr: "Le siège a fermé ce compte. Tout ce que ce téléphone en gardait est arrivé et en a été retiré.",
  },
  pictureOut: {
    en: "A photograph was taken out",
    zh: "一张照片已撤下",
    fr: "Une photo a été retirée",
  },
} as const;
