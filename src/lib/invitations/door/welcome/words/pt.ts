import type { WelcomeWords } from '../welcome-words.ts';

export const pt: WelcomeWords = {
	name: 'Português',
	language: 'Idioma',
	invitation: 'Convite',
	greeting: 'Para {name}',
	invites: '{who} convida você para o portal de clientes de {practice}',
	invitesAlone: '{practice} convida você para o seu portal de clientes',
	about:
		'O portal é um lugar privado on-line para o que fica entre você e o consultório. Este convite é só para você.',
	nextTitle: 'O que acontece agora',
	nextPortal: 'O botão abre a página do próprio portal. Lá você cria o seu acesso.',
	nextNoPortal:
		'Diga aqui a {practice} se quer participar. O consultório entra depois em contato com você.',
	open: 'Abrir o portal',
	leadsTo: 'Leva a {host}.',
	checkHost: 'Continue só se conhecer este endereço como um de {practice}.',
	tell: 'Avisar {practice}',
	notForYou: 'Não é para você?',
	answers: {
		joined: 'Já tenho acesso',
		'would-like': 'Gostaria de participar',
		declined: 'Não, obrigado',
		'not-mine': 'Isto não era para mim',
		'do-not-email': 'Por favor, não me escrevam',
	},
	until: 'Este convite está aberto até {date}.',
	keepsNothing:
		'Esta página não guarda nada nem envia nada por si. Tudo o que mostra estava no seu link.',
	yourAnswer: 'A sua resposta: {answer}',
	notSentYet:
		'Nada foi enviado ainda. A sua resposta chega a {practice} em um e-mail que você mesmo envia.',
	notSentBox: 'Nada foi enviado ainda. O botão envia sua resposta a {practice}, e nada mais.',
	sendAnswer: 'Enviar minha resposta',
	sending: 'Um momento: sua resposta está sendo enviada.',
	answerSent: 'Sua resposta foi enviada. {practice} vai vê-la. Você pode fechar esta página.',
	answerFailed:
		'Não foi possível enviar sua resposta. Verifique a conexão e tente de novo, ou envie-a por e-mail.',
	orByMail: 'Ou envie-a a {practice} por e-mail:',
	writeMail: 'Escrever o e-mail',
	copy: 'Copiar',
	copied: 'Copiado. Cole agora em um e-mail para {address}.',
	copyByHand: 'Este navegador não deixou a página copiar. Selecione o texto abaixo e copie.',
	answerLink: 'A sua resposta, como link',
	noMailProgram: 'Não há programa de e-mail aqui? Copie a sua resposta e envie para {address}.',
	tooLong: 'A resposta é longa demais para ser posta no e-mail. Copie primeiro e depois cole.',
	otherAnswer: 'Voltar',
	subject: 'A minha resposta',
	checking: 'Um momento: o seu convite está sendo verificado.',
	expiredTitle: 'Este convite terminou',
	expired:
		'Esteve aberto até {date}. Uma carta mais recente pode ter um link ainda aberto. Para pedir outro, escreva a {practice}:',
	problems: {
		empty: {
			title: 'Não há convite neste link',
			text: 'Abra de novo o link do seu e-mail. Se você o copiou, copie-o inteiro, até o fim.',
		},
		damaged: {
			title: 'Este link não está inteiro',
			text: 'Falta uma parte ou mudou no caminho. Abra de novo o link do seu e-mail, ou copie-o inteiro, até o fim.',
		},
		'too-long': {
			title: 'Este link não é um convite',
			text: 'É mais longo do que qualquer convite. Abra de novo o link do seu e-mail.',
		},
		forged: {
			title: 'Este convite foi alterado',
			text: 'Não é o que foi assinado, por isso nada nele é confiável. Peça outro ao seu consultório, por um meio que você conheça.',
		},
		unfit: {
			title: 'Esta página não entende o convite',
			text: 'O que o link diz não é o que um convite diz. Peça outro ao seu consultório.',
		},
		'not-yet': {
			title: 'A data deste aparelho parece errada',
			text: 'Este convite foi feito depois da data que este aparelho mostra. Acerte a data e a hora e abra o link outra vez.',
		},
		'unknown-key': {
			title: 'Ninguém aqui conhece quem fez este convite',
			text: 'Não foi assinado por nenhum consultório que use esta página. Pergunte ao seu consultório, por um meio que você conheça, se vem de lá.',
		},
		'no-list': {
			title: 'O convite não pôde ser verificado',
			text: 'A lista dos consultórios que usam esta página não pôde ser lida. Tente de novo daqui a pouco.',
		},
		'no-crypto': {
			title: 'Este navegador não consegue verificar o convite',
			text: 'A página deve ser aberta por uma conexão segura (https), em um navegador que não seja antigo demais. Tente outro navegador ou aparelho.',
		},
	},
	tryAgain: 'Tentar de novo',
};
