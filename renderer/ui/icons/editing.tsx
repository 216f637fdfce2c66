import { strokeIcon } from './icon'

export const UnfoldIcon = strokeIcon(<path d="M5 5.6 8 2.6l3 3M5 10.4l3 3 3-3M2.6 8h10.8" />)
export const WrapIcon = strokeIcon(
  <path d="M2.4 3.6h11.2M2.4 12.4h3.2M2.4 8h8.9a2.2 2.2 0 0 1 0 4.4H8.4M10 10.8l-1.6 1.6L10 14" />,
)
