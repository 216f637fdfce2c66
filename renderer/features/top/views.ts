export const topViews = [
  { id: 'vms', label: 'VMs' },
  { id: 'vcpus', label: 'vCPUs' },
  { id: 'hostCpus', label: 'Host CPUs' },
  { id: 'disks', label: 'Disks' },
  { id: 'nics', label: 'Networks' },
] as const
export type TopView = (typeof topViews)[number]['id']
export type DeviceTopView = Exclude<TopView, 'vms'>
