/** What becomes of a row whose client is here already. */
export const matchPolicies = ['update', 'fill-blanks', 'skip', 'create'] as const;

export type MatchPolicy = (typeof matchPolicies)[number];

/** The person's choice for one row, by the line on which it starts. */
export interface RowPolicy {
	line: number;
	/** For the second of two people whom the row names. */
	isPartner?: boolean;
	policy: MatchPolicy;
}

/** Tells the people of a file's rows apart: a row may name two. */
export const personKey = ({ line, isPartner = false }: Pick<RowPolicy, 'line' | 'isPartner'>) =>
	isPartner ? -line : line;

/** By what a row and a client are surely the same person. */
export type MatchReason = 'id' | 'birth' | 'address' | 'phone' | 'name';

/** By what they may be the same: for a person to decide. */
export type LikelyReason = 'name-alone' | 'name-other-id' | 'birth' | 'address' | 'phone';

/** The words for a match, shown beside the row. */
export const matchWords: Record<MatchReason, string> = {
	id: 'Same client number',
	birth: 'Same name and date of birth',
	address: 'Same name and email address',
	phone: 'Same name and telephone number',
	name: 'Same name, and nothing else is known of either',
};

export const likelyWords: Record<LikelyReason, string> = {
	'name-alone': 'Same name, but nothing else agrees',
	'name-other-id': 'Same name, but another client number',
	birth: 'Same date of birth and last name, and a first name that is alike',
	address: 'Same email address, and a first name that is alike',
	phone: 'Same telephone number and last name, and a first name that is alike',
};
