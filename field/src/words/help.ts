/** Words of a call for help that stands, for who made it. */
export const HELP = {
  helpStands: {
    en: "You called for help. If that was a mistaken tap, or you are safe again, say “I am safe”, with a few words if you like: the call ends, and the office and the leader read that you said so yourself.",
    zh: "您已发出求助。如属误触，或您现已平安，请点“我平安”，也可附上简短说明：求助随即解除，办公室和队长会看到这是您本人说的。",
    fr: "Vous avez demandé de l’aide. Si c’était une erreur, ou si tout va bien à nouveau, touchez « Je vais bien », avec quelques mots si vous voulez : l’appel est clos, et le bureau et le chef lisent que vous l’avez dit vous-même.",
  },
} as const;
