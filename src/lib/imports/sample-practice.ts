/**
 * A fictional practice as the previous software would have exported it. `~34` stands for the year in
 * which somebody who is 34 was born, so that the children stay children.
 */
const table = `
Client ID,First Name,Last Name,Preferred Name,Email,Mobile Phone,Date of Birth,Client type,Status,Clinician,Do Not Email,Email Status,Guardian Name,Portal Login,Client since
S-1001,Maya,Okafor,,maya.okafor@mail.example,555-0101,~34-03-12,Adult,Active,Robin Vale,,,,,~4-02-03
S-1002,Jonathan,Reyes,Jon,jon.reyes@post.example,555-0102,~41-11-02,Adult,Active,Robin Vale,,,,,~3-09-14
S-1003,Aiko,Tanaka,,aiko@tanaka.example,555-0103,~29-07-21,Adult,Active,Robin Vale,,,,,~2-01-20
S-1004,Sam,Ortiz,,ortiz.family@mail.example,555-0104,~44-01-30,Adult,Active,Robin Vale,,,,,~5-05-05
S-1005,Lucia,Ortiz,,ortiz.family@mail.example,555-0104,~12-06-18,Minor,Active,Robin Vale,,,Sam Ortiz,,~2-05-05
S-1006,Mateo,Ortiz,Teo,ortiz.family@mail.example,555-0104,~9-09-04,Minor,Active,Robin Vale,,,Sam Ortiz,,~1-05-05
S-1007,Grace,Lindqvist,,grace.lindqvist@post.example,555-0107,~52-12-09,Adult,Active,Robin Vale,,,,,~6-03-17
S-1008,Omar,Haddad,,omar.haddad@mail.example,555-0108,~38-04-25,Adult,Active,Robin Vale,,,,,~2-10-10
S-1009,Priya,Raman,,priya.raman@mail.example,555-0109,~31-08-14,Adult,Active,Robin Vale,,,,praman,~3-06-01
S-1010,Tomás,Ferreira,Tom,tomas@ferreira.example,555-0110,~47-02-27,Adult,Active,Robin Vale,,,,,~4-08-22
S-1011,Nora,Whitfield,,nora.whitfield@gmial.example,555-0111,~26-10-05,Adult,Active,Robin Vale,,,,,~1-03-03
S-1012,Felix,Braun,,felix.braun@post.example,555-0112,~36-05-16,Adult,Active,Robin Vale,,,,,~2-07-29
S-1013,Zoë,Marchetti,,zoe.marchetti@mail.example,555-0113,~33-01-11,Adult,Active,Robin Vale,,,,,~3-11-18
S-1014,Ines,Duarte,,ines.duarte@mail.example,555-0114,~15-03-08,Minor,Active,Robin Vale,,,Rita Duarte,,~1-09-09
S-1015,Oscar,Pell,,oscar.pell@mail.example,555-0115,~11-12-22,Minor,Active,Robin Vale,,,,,~1-02-11
S-1016,Hannah,Abara,,hannah.abara@post.example,555-0116,~28-06-30,Adult,Active,Robin Vale,,,,,~2-04-12
S-1017,Victor,Nyström,,victor@nystrom.example,555-0117,~59-09-19,Adult,Active,Robin Vale,,,,,~7-01-08
S-1018,Leila,Karimi,,leila.karimi@mail.example,555-0118,~40-04-03,Adult,Active,Robin Vale,yes,,,,~5-10-25
S-1019,Daniel,Osei,Dan,daniel.osei@mail.example,555-0119,~35-07-07,Adult,Active,Robin Vale,,,,,~1-06-15
S-1020,Ruth,Abelson,,,555-0120,~71-02-14,Adult,Active,Robin Vale,,,,,~9-09-30
S-1021,Chloe,Martin,,chloe.martin@post.example,555-0121,~24-11-26,Adult,Prospective,Robin Vale,,,,,~1-01-05
S-1022,Ibrahim,Sesay,,ibrahim.sesay@mail.example,555-0122,~32-10-10,Adult,Active,Robin Vale,,,,,~2-02-18
S-1023,Elena,Petrova,Lena,elena.petrova@mail.example,555-0123,~45-08-01,Adult,Active,Robin Vale,,,,epetrova,~6-12-02
S-1024,Marcus,Hale,,marcus.hale@post,555-0124,~37-03-29,Adult,Active,Robin Vale,,,,,~3-03-13
S-1025,June,Castellano,,june@castellano.example,555-0125,~63-06-06,Adult,Inactive,Robin Vale,,,,,~8-07-21
S-1026,Wei,Zhang,,wei.zhang@mail.example,555-0126,~30-05-24,Adult,Active,Robin Vale,,,,,~2-09-05
S-1027,Amara,Nwosu,,amara.nwosu@mail.example,555-0127,~27-01-17,Adult,Active,Robin Vale,,,,,~1-04-28
S-1028,Peter & Anja,Kowalski,,kowalski@post.example,555-0128,,Couple,Active,Robin Vale,,,,,~2-12-12
S-1029,Sofia,Rossi,,sofia.rossi@mail.example,555-0129,~39-12-31,Adult,Active,Robin Vale,,,,,~4-04-04
S-1030,Gabriel,Moreau,Gabe,gabriel.moreau@mail.example,555-0130,~22-09-13,Adult,Active,Robin Vale,,bounced,,,~1-08-08
S-1031,Fatima,Yilmaz,,fatima.yilmaz@post.example,555-0131,~43-07-19,Adult,Active,Robin Vale,,,,,~5-02-26
S-1032,Henry,Blackwood,,henry@blackwood.example,555-0132,~68-04-11,Adult,Archived,Robin Vale,,,,,~10-10-01
S-1033,Nia,Campbell,,nia.campbell@mail.example,555-0133,~25-02-08,Adult,Active,Robin Vale,,,,,~1-07-17
S-1034,Rafael,Silva,,rafael.silva@mail.example,555-0134,~48-10-23,Adult,Active,Robin Vale,,,,,~3-05-20
S-1035,Ellie,Silva,,rafael.silva@mail.example,555-0134,~14-08-27,Minor,Active,Robin Vale,,,Rafael Silva,,~1-05-20
S-1036,Kavya,Iyer,,kavya.iyer@post.example,555-0136,~34-06-02,Adult,Active,Robin Vale,,,,,~2-06-24
S-1037,Jasper,Dunn,,jasper.dunn@mail.example,555-0137,~19-03-15,Adult,Prospective,Robin Vale,,,,,~1-10-03
S-1038,Miriam,Goldfarb,,miriam@goldfarb.example,555-0138,~57-11-11,Adult,Active,Robin Vale,,,,,~6-06-16
S-1039,Andre,Bellamy,,andre.bellamy@mail.example,555-0139,~46-09-28,Adult,Active,Robin Vale,,,,,~2-03-07
S-1040,Yuki,Mori,,yuki.mori@post.example,555-0140,~23-05-05,Adult,Active,Robin Vale,,,,,~1-11-19
`;

/** The sample practice as a CSV file. `now` in epoch milliseconds. */
export function samplePractice(now: number): File {
	const thisYear = new Date(now).getFullYear();
	const text = table
		.trimStart()
		.replace(/~(\d+)-/g, (_, years: string) => `${thisYear - Number(years)}-`);
	return new File([text], 'sample-practice.csv', { type: 'text/csv' });
}
