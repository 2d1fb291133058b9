/** For which team one records: it stays as long as it is theirs, whatever others they may come to
 * record for. Each account of a phone has its own. */
import type { Mission } from "./app";

const OLDER = "marrow-team"; // one for all who used a phone
const nameOf = (base: string): string => `${OLDER}:${base}`;

type Team = Pick<Mission, "id" | "serves">;

/** The team that the account of this base records for; undefined where there is none. */
export function teamOf<T extends Team>(base: string, teams: readonly T[]): T | undefined {
  const [held, older] = [nameOf(base), OLDER].map((name) => localStorage.getItem(name));
  const own = teams.filter(({ serves }) => serves);
  const first = own.length ? own : teams;
  return teams.find(({ id }) => id === held) ?? first.find(({ id }) => id === older) ?? first[0];
}

export function useTeam(base: string, id: string): void {
  localStorage.setItem(nameOf(base), id);
}

/** What it is now it stays, when other teams come to the lists. */
export function holdTeam(base: string, teams: readonly Team[]): void {
  const team = teamOf(base, teams);
  try {
    if (team) useTeam(base, team.id);
  } catch {
    // a full phone opens too
  }
}

export function forgetTeam(base: string): void {
  globalThis.localStorage?.removeItem(nameOf(base));
}
