/** One request as it would leave this device, to be shown to a person. */
export interface LeavingRequest {
	/** To whom: "Gmail", "the Portico relay". */
	service: string;
	/** The host that it goes to. */
	host: string;
	method: string;
	url: string;
	/** Names and values; what is secret is named, not shown. */
	headers: readonly (readonly [string, string])[];
	/** As it goes over the wire. */
	body: string;
	/** The same in a form that can be read, where the body is encoded. */
	readable?: string;
	/** What cannot be known before it is sent. */
	note?: string;
}
