/** A row for each section of a group, by its id. */
export type Defaults<Row extends { id: string }> = {
	[Id in Row['id']]: Extract<Row, { id: Id }>;
};
