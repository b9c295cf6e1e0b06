// Made by `node --import tsx scripts/make-letter-shell.ts`; format 2 renders these bytes for ever.

/** The whole mail around its rows. All texts are escaped already. */
export const shellPage = (
	lang: string,
	subject: string,
	sender: string,
	rows: string,
) => `<!doctype html>
<html lang="${lang}" dir="auto" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.desk, .desk > div { background: #141716 !important; background-color: #141716 !important; }
.paper, .paper > table { background: #1e2221 !important; background-color: #1e2221 !important; }
.ink, .ink div { color: #e9e5dc !important; }
.ink a { color: #8fd0d8 !important; }
}
</style>
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body class="desk" style="word-spacing:normal;background-color:#f4f1ea;">
<div aria-label="${subject}" aria-roledescription="email" role="article" lang="${lang}" dir="auto" style="word-spacing:normal;background-color:#f4f1ea;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="paper-outlook" role="presentation" style="width:600px;" width="600" bgcolor="#fffdf9"><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div class="paper" style="background:#fffdf9;background-color:#fffdf9;margin:0px auto;max-width:600px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#fffdf9;background-color:#fffdf9;width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:36px 24px 20px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:552px;"><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%">
<tbody>
<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 12px;word-break:break-word;">
<div style="font-family:Georgia, 'Times New Roman', serif;font-size:18px;font-weight:bold;line-height:1.6;text-align:left;color:#23282b;" dir="auto">${sender}</div>
</td>
</tr>
<tr>
<td align="center" style="font-size:0px;padding:0 0 26px;word-break:break-word;">
<p style="border-top:solid 2px #3a8791;font-size:1px;margin:0px auto;width:100%;">
</p>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" style="border-top:solid 2px #3a8791;font-size:1px;margin:0px auto;width:552px;" role="presentation" width="552px"><tr><td style="height:0;line-height:0;"> &nbsp;
</td></tr></table><![endif]-->
</td>
</tr>
${rows}
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;

export const shellParagraph = (text: string) => `<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 20px;word-break:break-word;">
<div style="font-family:Georgia, 'Times New Roman', serif;font-size:17px;line-height:1.6;text-align:left;color:#23282b;" dir="auto">${text}</div>
</td>
</tr>`;

export const shellButton = (address: string, label: string) => `<tr>
<td align="left" style="font-size:0px;padding:0 0 20px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
<tbody>
<tr>
<td align="center" bgcolor="#17616b" role="presentation" style="border:none;border-radius:6px;cursor:auto;mso-padding-alt:13px 24px;background:#17616b;" valign="middle">
<a href="${address}" style="display:inline-block;background:#17616b;color:#ffffff;font-family:Helvetica, Arial, sans-serif;font-size:16px;font-weight:bold;line-height:1.25;margin:0;text-decoration:none;text-transform:none;padding:13px 24px;mso-padding-alt:0px;border-radius:6px;" target="_blank">${label}</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>`;

export const shellSmall = (text: string) => `<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 20px;word-break:break-word;">
<div style="font-family:Georgia, 'Times New Roman', serif;font-size:14px;line-height:1.6;text-align:left;color:#23282b;" dir="auto">${text}</div>
</td>
</tr>`;
