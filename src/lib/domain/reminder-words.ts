import type { LetterLanguage } from './letter-language.ts';
import type { Template } from './message.ts';

/** What a practice writes to who was invited and has not joined, until it has its own words. It presses nobody. */
export const reminderWords: Readonly<Record<LetterLanguage, Pick<Template, 'subject' | 'body'>>> = {
	en: {
		subject: 'A reminder: the client portal of {practice name}',
		body: `Dear {client preferred name},

{your name} invited you to the client portal of {practice name} some time ago. In case that letter was lost: this link is meant for you alone and is open until {expiry date}:

{invitation link}

There is no hurry. If you have joined already, there is nothing to do. If this is not for you, or you would rather not use the portal, just reply 'not for me' and you will not be written to again.

{your name}
{practice name}`,
	},
	es: {
		subject: 'Un recordatorio: el portal de {practice name}',
		body: `Hola, {client preferred name}:

Hace un tiempo, {your name} le invitó al portal de {practice name}. Por si aquella carta se perdió: este enlace es solo para usted y está abierto hasta el {expiry date}:

{invitation link}

No hay ninguna prisa. Si ya ha entrado en el portal, no tiene que hacer nada. Si no es para usted, o si prefiere no usar el portal, responda simplemente «no es para mí» y no le escribiremos más.

{your name}
{practice name}`,
	},
	fr: {
		subject: 'Un rappel : le portail de {practice name}',
		body: `Bonjour {client preferred name},

{your name} vous a récemment invité(e) sur le portail de {practice name}. Au cas où cette lettre se serait perdue : ce lien n’est destiné qu’à vous et reste ouvert jusqu’au {expiry date} :

{invitation link}

Rien ne presse. Si vous avez déjà rejoint le portail, vous n’avez rien à faire. Si ce n’est pas pour vous, ou si vous préférez ne pas utiliser le portail, répondez simplement « pas pour moi » et nous ne vous écrirons plus.

{your name}
{practice name}`,
	},
	de: {
		subject: 'Zur Erinnerung: das Portal von {practice name}',
		body: `Guten Tag {client preferred name},

{your name} hat Sie vor einiger Zeit in das Portal von {practice name} eingeladen. Falls der Brief nicht angekommen ist: Dieser Link ist nur für Sie bestimmt und bis zum {expiry date} offen:

{invitation link}

Es eilt nicht. Wenn Sie schon beigetreten sind, ist nichts zu tun. Wenn er nicht für Sie ist oder Sie das Portal lieber nicht nutzen, antworten Sie einfach „nicht für mich“, und wir schreiben Ihnen nicht wieder.

{your name}
{practice name}`,
	},
	pt: {
		subject: 'Um lembrete: o portal de {practice name}',
		body: `Olá, {client preferred name},

Há algum tempo, {your name} convidou você para o portal de {practice name}. Caso aquela carta tenha se perdido: este link é só para você e fica aberto até {expiry date}:

{invitation link}

Não há pressa. Se você já entrou no portal, não precisa fazer nada. Se não é para você, ou se prefere não usar o portal, basta responder “não é para mim” e não escreveremos mais.

{your name}
{practice name}`,
	},
};
