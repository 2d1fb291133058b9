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
    en: "Nobody has your call for help yet: there is no network, and this phone’s memory is full. Telephone your leader or your office now. Leave this page open: the call goes as soon as there is a network.",
    zh: "还没有人收到您的求助：没有网络，本机存储也已满。请马上打电话给队长或办公室。请不要关闭本页：一有网络，求助就会自动发出。",
    fr: "Personne n’a encore reçu votre appel à l’aide : il n’y a pas de réseau et la mémoire de ce téléphone est pleine. Téléphonez tout de suite à votre chef ou à votre bureau. Laissez cette page ouverte : l’appel part dès qu’il y a un réseau.",
  },
  toCall: { en: "To call", zh: "可拨打", fr: "À appeler" },
  safeArrived: {
    en: "Your word that you are safe has arrived at the office. This phone’s memory is full and does not keep it yet: free some space.",
    zh: "您报的平安已送达办公室。本机存储已满，暂时无法保存这条报平安，请清理空间。",
    fr: "Votre message disant que vous allez bien est arrivé au bureau. La mémoire de ce téléphone est pleine et ne le garde pas encore : libérez de la place.",
  },
  safeWaits: {
    en: "Nobody has your word that you are safe yet: there is no network, and this phone’s memory is full. If somebody waits for your word, telephone them. Leave this page open: it goes as soon as there is a network.",
    zh: "还没有人收到您报的平安：没有网络，本机存储也已满。如果有人在等您的消息，请打电话告知。请不要关闭本页：一有网络就会自动发出。",
    fr: "Personne n’a encore reçu votre message disant que vous allez bien : il n’y a pas de réseau et la mémoire de ce téléphone est pleine. Si quelqu’un attend de vos nouvelles, téléphonez. Laissez cette page ouverte : le message part dès qu’il y a un réseau.",
  },
} as const;
