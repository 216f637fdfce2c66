import { flag, type Field, type Values } from '../field'

/** What every VirtIO device can be told about its rings and the guest's IOMMU; for video, input, network and more. */
export function virtioOptions(when?: (values: Values) => boolean) {
  const option = (label: string, help: string): Field => ({
    label,
    type: flag,
    help,
    absent: 'Hypervisor default',
    isAdvanced: true,
    ...(when === undefined ? {} : { when }),
  })
  return {
    iommu: option(
      'Behind the guest’s IOMMU',
      'Needed in encrypted guests; the guest’s driver has to know it.',
    ),
    ats: option('Address translation service', 'Only with an emulated IOMMU.'),
    packed: option('Packed rings', 'A newer, faster layout; Linux 5.0 and newer.'),
    pagePerVq: option('One page per queue', 'Lets a host device answer the notifications of a queue itself.'),
  }
}
