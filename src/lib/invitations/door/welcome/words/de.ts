import type { WelcomeWords } from '../welcome-words.ts';

export const de: WelcomeWords = {
	name: 'Deutsch',
	language: 'Sprache',
	invitation: 'Einladung',
	greeting: 'Für {name}',
	invites: '{who} lädt Sie in das Klientenportal von {practice} ein',
	invitesAlone: '{practice} lädt Sie in das eigene Klientenportal ein',
	about:
		'Das Portal ist ein privater Ort im Netz für das, was zwischen Ihnen und der Praxis bleibt. Diese Einladung ist nur für Sie bestimmt.',
	nextTitle: 'Wie es weitergeht',
	nextPortal: 'Der Knopf öffnet die Seite des Portals. Dort richten Sie Ihren Zugang ein.',
	nextNoPortal:
		'Sagen Sie {practice} hier, ob Sie dabei sein möchten. Die Praxis meldet sich dann bei Ihnen.',
	open: 'Portal öffnen',
	leadsTo: 'Er führt zu {host}.',
	checkHost: 'Gehen Sie nur weiter, wenn Sie dies als Adresse von {practice} kennen.',
	tell: '{practice} Bescheid geben',
	notForYou: 'Nicht für Sie?',
	answers: {
		joined: 'Ich bin dabei',
		'would-like': 'Ich möchte gern dabei sein',
		declined: 'Nein, danke',
		'not-mine': 'Das war nicht für mich bestimmt',
		'do-not-email': 'Bitte schreiben Sie mir keine E‑Mails',
	},
	until: 'Diese Einladung ist offen bis {date}.',
	keepsNothing:
		'Diese Seite behält nichts und sendet nichts von selbst. Alles, was sie zeigt, stand in Ihrem Link.',
	yourAnswer: 'Ihre Antwort: {answer}',
	notSentYet:
		'Noch ist nichts gesendet. Ihre Antwort geht an {practice}, als E-Mail, die Sie selbst senden.',
	notSentBox:
		'Noch ist nichts gesendet. Die Schaltfläche sendet Ihre Antwort an {practice}, und sonst nichts.',
	sendAnswer: 'Meine Antwort senden',
	sending: 'Einen Moment: Ihre Antwort wird gesendet.',
	answerSent:
		'Ihre Antwort ist gesendet. {practice} wird sie sehen. Sie können diese Seite schließen.',
	answerFailed:
		'Ihre Antwort konnte nicht gesendet werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal, oder senden Sie sie als E-Mail.',
	orByMail: 'Oder senden Sie sie als E-Mail an {practice}:',
	writeMail: 'E-Mail schreiben',
	copy: 'Kopieren',
	copied: 'Kopiert. Fügen Sie es nun in eine E-Mail an {address} ein.',
	copyByHand:
		'Dieser Browser ließ die Seite nicht kopieren. Markieren Sie den Text unten und kopieren Sie ihn.',
	answerLink: 'Ihre Antwort als Link',
	noMailProgram:
		'Kein E-Mail-Programm hier? Kopieren Sie Ihre Antwort und senden Sie sie an {address}.',
	tooLong:
		'Die Antwort ist zu lang, um sie in die E-Mail zu setzen. Kopieren Sie sie zuerst und fügen Sie sie ein.',
	otherAnswer: 'Zurück',
	subject: 'Meine Antwort',
	checking: 'Einen Moment: Ihre Einladung wird geprüft.',
	expiredTitle: 'Diese Einladung ist abgelaufen',
	expired:
		'Sie war offen bis {date}. Ein neuerer Brief kann einen Link haben, der es noch ist. Für eine neue schreiben Sie an {practice}:',
	problems: {
		empty: {
			title: 'In diesem Link steht keine Einladung',
			text: 'Öffnen Sie den Link in Ihrer E-Mail noch einmal. Wenn Sie ihn kopiert haben, kopieren Sie ihn ganz, bis zum Ende.',
		},
		damaged: {
			title: 'Dieser Link ist nicht vollständig',
			text: 'Ein Teil fehlt oder wurde unterwegs verändert. Öffnen Sie den Link in Ihrer E-Mail noch einmal, oder kopieren Sie ihn ganz, bis zum Ende.',
		},
		'too-long': {
			title: 'Dieser Link ist keine Einladung',
			text: 'Er ist länger als jede Einladung. Öffnen Sie den Link in Ihrer E-Mail noch einmal.',
		},
		forged: {
			title: 'Diese Einladung wurde verändert',
			text: 'Sie ist nicht das, was unterschrieben wurde: Verlassen Sie sich auf nichts darin. Bitten Sie Ihre Praxis um eine neue, auf einem Weg, den Sie kennen.',
		},
		unfit: {
			title: 'Diese Seite versteht die Einladung nicht',
			text: 'Was der Link sagt, ist nicht das, was eine Einladung sagt. Bitten Sie Ihre Praxis um eine neue.',
		},
		'not-yet': {
			title: 'Das Datum dieses Geräts scheint falsch zu sein',
			text: 'Diese Einladung wurde später gemacht, als dieses Gerät anzeigt. Stellen Sie Datum und Uhrzeit ein und öffnen Sie den Link noch einmal.',
		},
		'unknown-key': {
			title: 'Niemand hier kennt den Absender dieser Einladung',
			text: 'Sie wurde von keiner Praxis unterschrieben, die diese Seite nutzt. Fragen Sie Ihre Praxis auf einem Weg, den Sie kennen, ob sie von dort kommt.',
		},
		'no-list': {
			title: 'Die Einladung konnte nicht geprüft werden',
			text: 'Die Liste der Praxen, die diese Seite nutzen, ließ sich nicht lesen. Versuchen Sie es gleich noch einmal.',
		},
		'no-crypto': {
			title: 'Dieser Browser kann die Einladung nicht prüfen',
			text: 'Die Seite muss über eine sichere Verbindung (https) geöffnet werden, in einem nicht zu alten Browser. Versuchen Sie einen anderen Browser oder ein anderes Gerät.',
		},
	},
	tryAgain: 'Noch einmal versuchen',
};
