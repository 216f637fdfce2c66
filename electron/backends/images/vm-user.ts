/** As whom VMs run on a host. A VM may name another user, which is rare. */
export interface VmUser {
  readonly uid: string
  readonly gid: string
}
