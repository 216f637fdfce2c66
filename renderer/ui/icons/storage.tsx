import { strokeIcon } from './icon'

export const UploadIcon = strokeIcon(
  <path d="M8 9.9V2.4M4.9 5.3 8 2.2l3.1 3.1M2.4 10.6v1.9a1.2 1.2 0 0 0 1.2 1.2h8.8a1.2 1.2 0 0 0 1.2-1.2v-1.9" />,
)
export const DownloadIcon = strokeIcon(
  <path d="M8 2.2v7.5M4.9 6.8 8 9.9l3.1-3.1M2.4 10.6v1.9a1.2 1.2 0 0 0 1.2 1.2h8.8a1.2 1.2 0 0 0 1.2-1.2v-1.9" />,
)
export const RefreshIcon = strokeIcon(
  <path d="M13.2 8a5.2 5.2 0 0 1-9.3 3.2M2.8 8a5.2 5.2 0 0 1 9.3-3.2M12.3 2.2v2.8H9.5M3.7 13.8V11h2.8" />,
)
export const ResizeIcon = strokeIcon(
  <path d="M9.6 2.6h3.8v3.8M13.2 2.8 9.4 6.6M6.4 13.4H2.6V9.6M2.8 13.2l3.8-3.8" />,
)
export const EraserIcon = strokeIcon(
  <path d="m6 13.2-3.3-3.3a1.1 1.1 0 0 1 0-1.5l5.6-5.6a1.1 1.1 0 0 1 1.5 0l3.4 3.4a1.1 1.1 0 0 1 0 1.5L7.7 13.2ZM5.4 5.7l4.9 4.9M5.8 13.2h7.6" />,
)
export const LayersIcon = strokeIcon(
  <path d="m8 2.2 5.8 3L8 8.2l-5.8-3ZM2.2 8.1 8 11l5.8-2.9M2.2 11 8 13.9l5.8-2.9" />,
)
export const PathIcon = strokeIcon(<path d="M2.6 12.6 6 3.4M7.4 12.6l3.4-9.2M11.4 12.6h2" />)
export const StarIcon = strokeIcon(
  <path d="m8 2.3 1.8 3.6 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6Z" />,
)
