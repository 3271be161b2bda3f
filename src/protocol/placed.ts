import type { Protocol } from './protocol.ts';
import type { WordingFinding } from './rules/codes.ts';
import type { Finding } from './rule.ts';

/** A finding about where a post goes: what words say of it stands with the rules of wording. */
type PlacedFinding = Finding & Pick<WordingFinding, 'code'>;

const placedCodes: readonly string[] = [
  'account-gone',
  'account-of-others',
] satisfies readonly PlacedFinding['code'][];

/** Whether a finding is about where a post goes, which the protocol in force says anew whatever was found before. */
export const isPlaced = ({ code }: Finding): boolean => placedCodes.includes(code);

/**
 * Accounts on which a post of a department may not go out (GOV-1): those that the protocol in force no longer has, and
 * those that it gives to other departments alone. Where it does not list GOV-1 that is not looked at.
 */
export function placedFindings(
  accounts: readonly string[],
  department: string | undefined,
  protocol: Protocol,
): readonly PlacedFinding[] {
  const rule = protocol.rules['GOV-1'];
  if (rule === undefined) return [];
  return accounts.flatMap((account): readonly PlacedFinding[] => {
    const entry = protocol.accounts[account];
    const { network, name } = entry ?? protocol.earlier?.accounts[account] ?? { network: '', name: '' };
    const found = (code: PlacedFinding['code'], facts: Finding['facts']): readonly PlacedFinding[] => [
      {
        rule: rule.id,
        breach: rule.breach,
        clause: rule.clause,
        code,
        facts: { account, network, name, ...facts },
        spots: [],
      },
    ];
    if (entry === undefined) return found('account-gone', {});
    if (department === undefined || entry.departments.length === 0) return [];
    if (entry.departments.includes(department)) return [];
    const theirs = entry.departments.map((id) => protocol.departments[id]?.short ?? id);
    return found('account-of-others', { theirs: theirs.join(', ') });
  });
}
