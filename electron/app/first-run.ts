import type { LocalDaemon } from '../../shared/model/host'

export interface FirstRunParts {
  /** What libvirt's own clients would open; undefined when nothing is set. */
  defaultUri(): Promise<string | undefined>
  findLocal(): Promise<readonly LocalDaemon[]>
}

/**
 * The host a first start connects by itself: what the user told libvirt's clients to use, or else a hypervisor of this
 * computer that this user may open. None is better than one that would only ask for rights: the welcome page explains.
 */
export async function firstHost({ defaultUri, findLocal }: FirstRunParts): Promise<string | undefined> {
  const told = await defaultUri()
  if (told !== undefined) return told
  const daemons = await findLocal()
  return daemons.find(({ access, isAdded }) => access.ok && !isAdded)?.uri
}
