import { browserPorts } from '$lib/vault/database.ts';
import { KeyDesk } from '$lib/vault/key-desk.ts';
import { vaultName } from '$lib/vault/sealed-vault.ts';
import { theKeyHolder } from '$lib/vault/the-vault.ts';

/** Who may open the data key of this page's vault. */
export function theKeyDesk(): KeyDesk {
	return new KeyDesk(vaultName, browserPorts(), theKeyHolder());
}
