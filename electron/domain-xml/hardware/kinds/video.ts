import { video } from '../../../../shared/model/hardware/kinds/video'
import { bind } from '../binding'
import { virtioOptionPlaces } from './virtio-options'

const kib = (at: string) => ({ at, unit: 'KiB', bare: true }) as const
const yesNo = (at: string) => ({ at, as: 'yes-no' }) as const

/** https://libvirt.org/formatdomain.html#video-devices */
export const videoBinding = bind(video, {
  element: 'video',
  fields: {
    model: 'model/@type',
    primary: yesNo('model/@primary'),
    heads: 'model/@heads',
    accel3d: yesNo('model/acceleration/@accel3d'),
    accel2d: yesNo('model/acceleration/@accel2d'),
    renderNode: 'model/acceleration/@rendernode',
    vram: kib('model/@vram'),
    ram: kib('model/@ram'),
    vgamem: kib('model/@vgamem'),
    vram64: kib('model/@vram64'),
    width: 'model/resolution/@x',
    height: 'model/resolution/@y',
    driver: 'driver/@name',
    vgaConf: 'driver/@vgaconf',
    ...virtioOptionPlaces,
  },
  template: () => `<video><model type='virtio'/></video>`,
  known: ['model'],
})
