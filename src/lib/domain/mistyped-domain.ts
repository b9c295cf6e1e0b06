/** Slips of the fingers by the provider that was meant. Real mail domains (mail, ymail, email) must not be here. */
const slipsByProvider: Record<string, string> = {
	gmail:
		'gmial gamil gmai gmal gmil gnail gmaill gmaiil gmali gmsil ggmail gmaul gimail gmeil gmaol gmqil gmmail gmaile gmailc gmaii',
	hotmail:
		'hotmial hotmal hotmai hotmil hotamil hotmaill hormail hotnail homail htmail hotmali hotmaiil hotmaul hoymail hitmail',
	yahoo: 'yaho yahooo yhoo yahho yaoo yhaoo yayoo uahoo yahoi yahop yahoof',
	outlook: 'outlok outloo outllook outlool otlook outook oulook outlookk outlokk oultook outlock',
	icloud: 'iclod icoud iclould icluod iclud iclouds icould iclound',
	comcast: 'comcst concast comcat',
	protonmail: 'protonmal protonmial protonmai',
};

const providerBySlip = new Map<string, string>();
for (const [provider, slips] of Object.entries(slipsByProvider))
	for (const slip of slips.split(' ')) providerBySlip.set(slip, provider);

/** Endings that are no top-level domain (https://data.iana.org/TLD/tlds-alpha-by-domain.txt). */
const endingBySlip = new Map(
	Object.entries({
		con: 'com',
		cmo: 'com',
		comm: 'com',
		ocm: 'com',
		vom: 'com',
		xom: 'com',
		cim: 'com',
		cpm: 'com',
		coom: 'com',
		nett: 'net',
		ner: 'net',
		ogr: 'org',
		orgg: 'org',
		eud: 'edu',
	}),
);

/** Endings of other countries that these providers do not use. */
const strayEndings = new Map([
	['co', 'com'],
	['cm', 'com'],
	['om', 'com'],
]);
const comOnly = new Set(['gmail', 'hotmail', 'outlook', 'icloud', 'yahoo']);

/** One look that lets nearly every address pass: cutting a domain out and looking it up costs ten times more. */
const maybeMistyped = new RegExp(
	[
		`@(?:${[...providerBySlip.keys()].join('|')})\\.`,
		`\\.(?:${[...endingBySlip.keys()].join('|')})$`,
		`@(?:${[...comOnly].join('|')})\\.(?:${[...strayEndings.keys()].join('|')})$`,
		'@[^.]*$',
	].join('|'),
	'i',
);

/** False where `correctedDomain` would surely change nothing in this address. */
export function mayHaveMistypedDomain(emailAddress: string): boolean {
	return maybeMistyped.test(emailAddress);
}

/** The domain that was probably meant (lower case in, lower case out); the same one where nothing is amiss. */
export function correctedDomain(domain: string): string {
	const firstDot = domain.indexOf('.');
	if (firstDot < 0) {
		const joined = /^(.+?)(com|net)$/.exec(domain);
		return joined && isProvider(joined[1] ?? '') ? `${joined[1]}.${joined[2]}` : domain;
	}
	const lastDot = domain.lastIndexOf('.');
	const ending = domain.slice(lastDot + 1);
	const name = domain.slice(0, firstDot);
	const rightName = providerBySlip.get(name) ?? name;
	const hasOneDot = firstDot === lastDot;
	const rightEnding =
		endingBySlip.get(ending) ??
		(hasOneDot && comOnly.has(rightName) ? strayEndings.get(ending) : undefined) ??
		ending;
	if (rightName === name && rightEnding === ending) return domain;
	return hasOneDot
		? `${rightName}.${rightEnding}`
		: `${rightName}${domain.slice(firstDot, lastDot)}.${rightEnding}`;
}

function isProvider(name: string): boolean {
	return Object.hasOwn(slipsByProvider, name);
}
