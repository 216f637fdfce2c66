/**
 * What a user typed, as the URI libvirt's clients would take it for (https://libvirt.org/uri.html#uri-aliases and
 * #default-uri-choice): an alias of libvirt.conf; for an empty text LIBVIRT_DEFAULT_URI, then libvirt.conf's default.
 */
import { AppError } from '../../shared/errors'
import { readLibvirtConf, type ConfPlaces } from './libvirt-conf'

/** Only such a text is looked up, so an alias can never stand in the way of a URI. */
const aliasForm = /^[A-Za-z0-9_-]+$/

export async function chooseUri(text: string, places: ConfPlaces): Promise<string> {
  const typed = text.trim()
  if (aliasForm.test(typed)) {
    const { aliases } = await readLibvirtConf(places)
    return aliases.get(typed) ?? typed
  }
  if (typed !== '') return typed
  const chosen = await defaultUri(places)
  if (chosen !== undefined) return chosen
  throw new AppError('invalid', 'The connection URI is empty, and libvirt has no default set', {
    field: 'uri',
    cure: 'Write it like qemu+ssh://user@host/system',
  })
}

/** What libvirt's clients open when nobody says; undefined when nothing is set. */
export async function defaultUri(places: ConfPlaces): Promise<string | undefined> {
  return places.env['LIBVIRT_DEFAULT_URI'] || (await readLibvirtConf(places)).defaultUri
}
