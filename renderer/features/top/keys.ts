/** As in virt-top, with Alt, as letters alone look for names: what the table is ordered by. */
export const sortKeys: Readonly<Record<string, string>> = {
  KeyP: 'top-vm-cpu',
  KeyM: 'top-vm-memory',
  KeyT: 'top-vm-time',
  KeyI: 'top-vm-id',
}
