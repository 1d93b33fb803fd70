export const SITE_TITLE = 'Comet watch';
export const SITE_DESCRIPTION = 'What passes by';
