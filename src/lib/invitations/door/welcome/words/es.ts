import type { WelcomeWords } from '../welcome-words.ts';

export const es: WelcomeWords = {
	name: 'Español',
	language: 'Idioma',
	invitation: 'Invitación',
	greeting: 'Para {name}',
	invites: '{who} le invita al portal de clientes de {practice}',
	invitesAlone: '{practice} le invita a su portal de clientes',
	about:
		'El portal es un lugar privado en línea para lo que queda entre usted y la consulta. Esta invitación es solo para usted.',
	nextTitle: 'Qué pasa ahora',
	nextPortal: 'El botón abre la página del propio portal. Allí crea usted su acceso.',
	nextNoPortal:
		'Diga aquí a {practice} si quiere participar. La consulta le explicará después cómo seguir.',
	open: 'Abrir el portal',
	leadsTo: 'Lleva a {host}.',
	checkHost: 'Siga solo si conoce esta dirección como una de {practice}.',
	tell: 'Avisar a {practice}',
	notForYou: '¿No es para usted?',
	answers: {
		joined: 'Ya tengo acceso',
		'would-like': 'Me gustaría participar',
		declined: 'No, gracias',
		'not-mine': 'Esto no era para mí',
		'do-not-email': 'Por favor, no me escriban',
	},
	until: 'Esta invitación está abierta hasta el {date}.',
	keepsNothing:
		'Esta página no guarda nada ni envía nada por sí misma. Todo lo que muestra estaba en su enlace.',
	yourAnswer: 'Su respuesta: {answer}',
	notSentYet:
		'Todavía no se ha enviado nada. Su respuesta llega a {practice} en un correo que usted mismo envía.',
	notSentBox:
		'Todavía no se ha enviado nada. El botón envía su respuesta a {practice}, y nada más.',
	sendAnswer: 'Enviar mi respuesta',
	sending: 'Un momento: su respuesta se está enviando.',
	answerSent: 'Su respuesta se ha enviado. {practice} la verá. Puede cerrar esta página.',
	answerFailed:
		'No se pudo enviar su respuesta. Compruebe la conexión e inténtelo de nuevo, o envíela por correo.',
	orByMail: 'O envíela a {practice} por correo:',
	writeMail: 'Escribir el correo',
	copy: 'Copiar',
	copied: 'Copiado. Péguelo ahora en un correo a {address}.',
	copyByHand: 'Este navegador no dejó copiar a la página. Seleccione el texto de abajo y cópielo.',
	answerLink: 'Su respuesta, como enlace',
	noMailProgram: '¿No hay aquí programa de correo? Copie su respuesta y envíela a {address}.',
	tooLong:
		'La respuesta es demasiado larga para ponerla en el correo. Cópiela primero y péguela después.',
	otherAnswer: 'Volver',
	subject: 'Mi respuesta',
	checking: 'Un momento: se está comprobando su invitación.',
	expiredTitle: 'Esta invitación ha terminado',
	expired:
		'Estuvo abierta hasta el {date}. Una carta más reciente puede tener un enlace todavía abierto. Para pedir otra, escriba a {practice}:',
	problems: {
		empty: {
			title: 'No hay ninguna invitación en este enlace',
			text: 'Abra de nuevo el enlace de su correo. Si lo copió, cópielo entero, hasta el final.',
		},
		damaged: {
			title: 'Este enlace no está completo',
			text: 'Falta una parte o cambió por el camino. Abra de nuevo el enlace de su correo, o cópielo entero, hasta el final.',
		},
		'too-long': {
			title: 'Este enlace no es una invitación',
			text: 'Es más largo que cualquier invitación. Abra de nuevo el enlace de su correo.',
		},
		forged: {
			title: 'Esta invitación fue alterada',
			text: 'No es lo que se firmó al crearla, así que nada en ella es fiable. Pida otra a su consulta por una vía que conozca.',
		},
		unfit: {
			title: 'Esta página no entiende la invitación',
			text: 'Lo que dice el enlace no es lo que dice una invitación. Pida otra a su consulta.',
		},
		'not-yet': {
			title: 'La fecha de este aparato parece equivocada',
			text: 'Esta invitación se hizo después de la fecha que muestra este aparato. Ajuste la fecha y la hora y abra el enlace otra vez.',
		},
		'unknown-key': {
			title: 'Aquí nadie conoce a quien hizo esta invitación',
			text: 'No la firmó ninguna consulta que use esta página. Pregunte a su consulta, por una vía que conozca, si viene de allí.',
		},
		'no-list': {
			title: 'No se pudo comprobar la invitación',
			text: 'No se pudo leer la lista de las consultas que usan esta página. Inténtelo de nuevo en un momento.',
		},
		'no-crypto': {
			title: 'Este navegador no puede comprobar la invitación',
			text: 'La página debe abrirse por una conexión segura (https), en un navegador que no sea demasiado antiguo. Pruebe con otro navegador o aparato.',
		},
	},
	tryAgain: 'Intentar de nuevo',
};
