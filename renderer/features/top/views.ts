export const topViews = [
  { id: 'vms', label: 'VMs' },
  { id: 'vcpus', label: 'CPUs' },
  { id: 'disks', label: 'Disks' },
  { id: 'nics', label: 'Networks' },
] as const
export type TopView = (typeof topViews)[number]['id']
