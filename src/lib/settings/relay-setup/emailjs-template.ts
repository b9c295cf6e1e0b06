/** The fields of an EmailJS template, as its editor calls them, and what to write into each. */
export const templateFields = [
	{ label: 'Subject', value: '{{subject}}' },
	{ label: 'Content', value: '{{{message_html}}}' },
	{ label: 'To Email', value: '{{to_email}}' },
	{ label: 'From Name', value: '{{from_name}}' },
	{ label: 'Reply To', value: '{{reply_to}}' },
] as const;
