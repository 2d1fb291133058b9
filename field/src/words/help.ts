/** Words of a call for help that stands, for who made it. */
export const HELP = {
  helpStands: {
    en: "You called for help. If that was a mistaken tap, or you are safe again, say “I am safe”, with a few words if you like: the call ends, and the office and the leader read that you said so yourself.",
    zh: "您已发出求助。如属误触，或您现已平安，请点“我平安”，也可附上简短说明：求助随即解除，办公室和队长会看到这是您本人说的。",
    fr: "Vous avez demandé de l’aide. Si c’était une erreur, ou si tout va bien à nouveau, touchez « Je vais bien », avec quelques mots si vous voulez : l’appel est clos, et le bureau et le chef lisent que vous l’avez dit vous-même.",
  },
  callArrived: {
    en: "Your call for help has arrived at the office. This phone’s memory is full and does not keep it yet: free some space.",
    zh: "您的求助已送达办公室。本机存储已满，暂时无法保存这条求助，请清理空间。",
    fr: "Votre appel à l’aide est arrivé au bureau. La mémoire de ce téléphone est pleine et ne le garde pas encore : libérez de la place.",
  },
  callWaits: {
    en: "Nobody has your call for help yet: it cannot be sent now, and this phone’s memory is full. Telephone your leader or your office now. Leave this page open and unlocked: the call goes as soon as it can.",
    zh: "还没有人收到您的求助：现在发不出去，本机存储也已满。请马上打电话给队长或办公室。请不要关闭或锁定本页：一能发送，求助就会自动发出。",
    fr: "Personne n’a encore reçu votre appel à l’aide : il ne peut pas partir maintenant et la mémoire de ce téléphone est pleine. Téléphonez tout de suite à votre chef ou à votre bureau. Laissez cette page ouverte, sans la verrouiller : l’appel part dès que c’est possible.",
  },
  callNotYet: {
    en: "Nobody has your call for help yet: it is kept on this phone and cannot be sent now. Telephone your leader or your office now. Leave the app open and unlocked: the call goes as soon as it can.",
    zh: "还没有人收到您的求助：已存入本机，但现在发不出去。请马上打电话给队长或办公室。请不要关闭或锁定本应用：一能发送，求助就会自动发出。",
    fr: "Personne n’a encore reçu votre appel à l’aide : il est gardé sur ce téléphone et ne peut pas partir maintenant. Téléphonez tout de suite à votre chef ou à votre bureau. Laissez l’application ouverte, sans la verrouiller : l’appel part dès que c’est possible.",
  },
  callUnsure: {
    en: "Your call for help may have been sent: this phone’s memory is full and cannot keep the answer that it arrived. Telephone your leader or your office all the same, and free some space.",
    zh: "您的求助可能已发出：本机存储已满，无法保存是否送达的回复。请仍然打电话给队长或办公室，并清理空间。",
    fr: "Votre appel à l’aide a peut-être été envoyé : la mémoire de ce téléphone est pleine et ne peut pas garder la réponse. Téléphonez quand même à votre chef ou à votre bureau, et libérez de la place.",
  },
  callGoes: {
    en: "Your call for help is being sent.",
    zh: "正在发送您的求助。",
    fr: "Votre appel à l’aide est en cours d’envoi.",
  },
  callCame: {
    en: "Your call for help has arrived at the office.",
    zh: "您的求助已送达办公室。",
    fr: "Votre appel à l’aide est arrivé au bureau.",
  },
  memoryFull: { en: "memory full", zh: "存储已满", fr: "mémoire pleine" },
  fullNow: {
    en: "This phone’s memory is full: it cannot keep what the office answers, so nothing more is ticked as arrived. Free some space on the phone, then press “Send now”. Nothing is lost, and nothing is counted twice.",
    zh: "本机存储已满：无法保存办公室的回复，新送达的内容显示不出来。请先清理手机空间，再点“立即发送”。内容不会丢失，也不会重复计入。",
    fr: "La mémoire de ce téléphone est pleine : il ne peut pas garder la réponse du bureau, et plus rien n’est marqué comme arrivé. Libérez de la place, puis touchez « Envoyer ». Rien n’est perdu, rien n’est compté deux fois.",
  },
  toCall: { en: "To call", zh: "可拨打", fr: "À appeler" },
  safeArrived: {
    en: "Your word that you are safe has arrived at the office. This phone’s memory is full and does not keep it yet: free some space.",
    zh: "您报的平安已送达办公室。本机存储已满，暂时无法保存这条报平安，请清理空间。",
    fr: "Votre message disant que vous allez bien est arrivé au bureau. La mémoire de ce téléphone est pleine et ne le garde pas encore : libérez de la place.",
  },
  safeWaits: {
    en: "Nobody has your word that you are safe yet: it cannot be sent now, and this phone’s memory is full. If somebody waits for your word, telephone them. Leave this page open and unlocked: it goes as soon as it can.",
    zh: "还没有人收到您报的平安：现在发不出去，本机存储也已满。如果有人在等您的消息，请打电话告知。请不要关闭或锁定本页：一能发送就会自动发出。",
    fr: "Personne n’a encore reçu votre message disant que vous allez bien : il ne peut pas partir maintenant et la mémoire de ce téléphone est pleine. Si quelqu’un attend de vos nouvelles, téléphonez. Laissez cette page ouverte, sans la verrouiller : le message part dès que c’est possible.",
  },
  callLocked: {
    en: "A call for help, or the word that somebody is safe, waits on this phone and goes only once it is unlocked: unlock it, or telephone.",
    zh: "本机有求助或报平安尚未发出，解锁后才能发送：请解锁，或打电话告知。",
    fr: "Un appel à l’aide, ou le message disant que quelqu’un va bien, attend sur ce téléphone et ne part qu’une fois celui-ci déverrouillé : déverrouillez-le, ou téléphonez.",
  },
  callInNoFile: {
    en: "A call for help, or the word that you are safe, has no room in this phone’s memory yet and goes into no file: it waits for a network. Free some space first, or telephone.",
    zh: "求助或报平安因本机存储已满还没有存下，无法写入文件，只能等待网络。请先清理空间，或打电话告知。",
    fr: "Un appel à l’aide, ou le message disant que vous allez bien, n’a pas encore de place dans la mémoire de ce téléphone et ne va dans aucun fichier : il attend le réseau. Libérez d’abord de la place, ou téléphonez.",
  },
} as const;
