import type { WelcomeWords } from '../welcome-words.ts';

export const fr: WelcomeWords = {
	name: 'Français',
	language: 'Langue',
	invitation: 'Invitation',
	greeting: 'Pour {name}',
	invites: '{who} vous invite sur le portail client de {practice}',
	invitesAlone: '{practice} vous invite sur son portail client',
	about:
		'Le portail est un lieu privé en ligne pour ce qui reste entre vous et le cabinet. Cette invitation n’est destinée qu’à vous.',
	nextTitle: 'La suite',
	nextPortal: 'Le bouton ouvre la page du portail. Vous y créez votre accès.',
	nextNoPortal:
		'Dites ici à {practice} si vous souhaitez participer. Le cabinet vous indiquera ensuite comment faire.',
	open: 'Ouvrir le portail',
	leadsTo: 'Il mène à {host}.',
	checkHost: 'Continuez seulement si vous connaissez cette adresse comme celle de {practice}.',
	tell: 'Prévenir {practice}',
	notForYou: 'Ce n’est pas pour vous ?',
	answers: {
		joined: 'J’ai rejoint le portail',
		'would-like': 'J’aimerais participer',
		declined: 'Non, merci',
		'not-mine': 'Ceci ne m’était pas destiné',
		'do-not-email': 'Merci de ne plus m’écrire',
	},
	until: 'Cette invitation est ouverte jusqu’au {date}.',
	keepsNothing:
		'Cette page ne garde rien et n’envoie rien d’elle-même. Tout ce qu’elle montre était dans votre lien.',
	yourAnswer: 'Votre réponse : {answer}',
	notSentYet:
		'Rien n’a encore été envoyé. Votre réponse parvient à {practice} par un courriel que vous envoyez vous-même.',
	notSentBox:
		'Rien n’a encore été envoyé. Le bouton envoie votre réponse à {practice}, et rien d’autre.',
	sendAnswer: 'Envoyer ma réponse',
	sending: 'Un instant : votre réponse est en cours d’envoi.',
	answerSent: 'Votre réponse est envoyée. {practice} la verra. Vous pouvez fermer cette page.',
	answerFailed:
		'Votre réponse n’a pas pu être envoyée. Vérifiez votre connexion et réessayez, ou envoyez-la par courriel.',
	orByMail: 'Ou envoyez-la à {practice} par courriel :',
	writeMail: 'Écrire le courriel',
	copy: 'Copier',
	copied: 'Copié. Collez-le maintenant dans un courriel à {address}.',
	copyByHand:
		'Ce navigateur n’a pas laissé la page copier. Sélectionnez le texte ci-dessous et copiez-le.',
	answerLink: 'Votre réponse, sous forme de lien',
	noMailProgram: 'Pas de messagerie ici ? Copiez votre réponse et envoyez-la à {address}.',
	tooLong:
		'La réponse est trop longue pour être mise dans le courriel. Copiez-la d’abord, puis collez-la.',
	otherAnswer: 'Retour',
	subject: 'Ma réponse',
	checking: 'Un instant : votre invitation est vérifiée.',
	expiredTitle: 'Cette invitation a pris fin',
	expired:
		'Elle était ouverte jusqu’au {date}. Une lettre plus récente peut avoir un lien encore ouvert. Pour en demander une autre, écrivez à {practice} :',
	problems: {
		empty: {
			title: 'Il n’y a pas d’invitation dans ce lien',
			text: 'Ouvrez encore une fois le lien de votre courriel. Si vous l’avez copié, copiez-le en entier, jusqu’au bout.',
		},
		damaged: {
			title: 'Ce lien n’est pas entier',
			text: 'Une partie manque ou a changé en chemin. Ouvrez encore une fois le lien de votre courriel, ou copiez-le en entier, jusqu’au bout.',
		},
		'too-long': {
			title: 'Ce lien n’est pas une invitation',
			text: 'Il est plus long que toute invitation. Ouvrez encore une fois le lien de votre courriel.',
		},
		forged: {
			title: 'Cette invitation a été modifiée',
			text: 'Ce n’est pas ce qui a été signé : rien n’y est digne de confiance. Demandez-en une autre à votre cabinet, par une voie que vous connaissez.',
		},
		unfit: {
			title: 'Cette page ne comprend pas l’invitation',
			text: 'Ce que dit le lien n’est pas ce que dit une invitation. Demandez-en une autre à votre cabinet.',
		},
		'not-yet': {
			title: 'La date de cet appareil semble fausse',
			text: 'Cette invitation a été faite après la date que montre cet appareil. Réglez la date et l’heure, puis ouvrez le lien de nouveau.',
		},
		'unknown-key': {
			title: 'Personne ici ne connaît l’auteur de cette invitation',
			text: 'Aucun cabinet qui utilise cette page ne l’a signée. Demandez à votre cabinet, par une voie que vous connaissez, si elle vient de lui.',
		},
		'no-list': {
			title: 'L’invitation n’a pas pu être vérifiée',
			text: 'La liste des cabinets qui utilisent cette page n’a pas pu être lue. Réessayez dans un instant.',
		},
		'no-crypto': {
			title: 'Ce navigateur ne peut pas vérifier l’invitation',
			text: 'La page doit être ouverte par une connexion sûre (https), dans un navigateur pas trop ancien. Essayez un autre navigateur ou appareil.',
		},
	},
	tryAgain: 'Réessayer',
};
