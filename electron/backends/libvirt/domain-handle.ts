import type { VmId } from '../../../shared/model/ids'
import type { DomainHandle } from '../../libvirt-rpc/index'

/** Daemons find domains by uuid; name and id of a handle may be out of date, and -1 stands for "do not know". */
export function domainOf(id: VmId, name = ''): DomainHandle {
  return { name, uuid: id, id: -1 }
}

/** libvirt writes uuids in the canonical lower-case form already. */
export function vmIdOf(handle: { readonly uuid: string }): VmId {
  return handle.uuid as VmId
}
