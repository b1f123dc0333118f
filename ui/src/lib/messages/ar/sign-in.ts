// What is told before somebody signs in.

import type { SignInMessages } from '../shape';
import { own as apart } from './count';

export const arSignIn: SignInMessages = {
  beforeSignIn: {
    title: 'قبل تسجيل الدخول',
    signIn: 'المتابعة في المستعرض',
    deviceCode: 'استخدام رمز',
    application: 'التطبيق',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'تسجيلك الخاص',
    organisations: 'تسجيل مؤسستك',
    home: 'المستأجر الرئيسي لحسابك',
    secret: {
      windows: 'في إدارة بيانات الاعتماد في Windows. لا يرى Pimento كلمة مرورك أبدًا.',
      mac: 'في سلسلة مفاتيح macOS. لا يرى Pimento كلمة مرورك أبدًا.',
      other: 'في سلسلة مفاتيح سطح المكتب. لا يرى Pimento كلمة مرورك أبدًا.',
    },
    now: 'يُطلب فورًا',
    groups: 'عندما تريد رؤية المجموعات',
    azure: 'عندما تريد رؤية موارد Azure',
    later: 'لوظائف أخرى، عندما تستخدمها',
    admin: 'هل يجب أن يسمح به مسؤول؟',
    adminDetail: 'أرسل إليه الرسالة. يفتح رابطها صفحة Microsoft بهذه الأذونات.',
  },

  permissions: {
    'User.Read': 'اسمك واسم مؤسستك',
    'RoleEligibilitySchedule.Read.Directory': 'الأدوار التي يمكنك تنشيطها',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'ما هو نشط؛ تنشيط أدوارك وإنهاؤها',
    'RoleManagementPolicy.Read.Directory': 'ما يطلبه كل دور',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'المجموعات التي يمكنك الانضمام إليها',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'الانضمام إليها ومغادرتها',
    'RoleManagementPolicy.Read.AzureADGroup': 'ما تطلبه كل مجموعة',
    user_impersonation: 'أدوارك في Azure؛ لا يوجد إذن أضيق',
    'AuditLog.Read.All': 'سجل التدقيق',
    'RoleManagement.Read.Directory': 'أي دور يسمح بماذا',
    'RoleEligibilitySchedule.ReadWrite.Directory': 'جعل الأشخاص مؤهلين لأدوار؛ طلب نهاية متأخرة',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'الأمر نفسه للمجموعات',
    'RoleManagementPolicy.ReadWrite.Directory': 'تغيير ما تطلبه الأدوار',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'تغيير ما تطلبه المجموعات',
    'AccessReview.Read.All': 'قراءة مراجعات الوصول',
    'AccessReview.ReadWrite.All': 'اتخاذ القرار في مراجعات الوصول',
    'RoleManagementAlert.Read.Directory': 'قراءة تنبيهات PIM',
    'RoleManagementAlert.ReadWrite.Directory': 'تجاهل التنبيهات',
    'User.ReadBasic.All': 'العثور على الأشخاص بالاسم',
    'GroupMember.Read.All': 'العثور على المجموعات وأعضائها',
    'Application.Read.All': 'العثور على التطبيقات',
    'AdministrativeUnit.Read.All': 'العثور على الوحدات الإدارية',
  },

  // What is sent is read elsewhere, and its link is copied from there: no isolates around it.
  request: {
    opening: (application, clientId) =>
      `أود استخدام Pimento الذي ينشّط أدواري المؤهلة في Microsoft Entra. يسجّل الدخول ${application} (معرّف العميل ${clientId}) ولا يعمل إلا باسمي.`,
    ownApplication: 'بتسجيل التطبيق الخاص بنا',
    application: (name: string) => `باسم التطبيق ${name}`,
    tenant: (tenant) => `المستأجر: ${tenant}`,
    needs: 'يحتاج إلى هذه الأذونات المفوضة:',
    groups: 'للمجموعات، فقط إن كان لي أن أنشّطها أيضًا:',
    azure: 'لموارد Azure، فقط إن كان لي أن أنشّطها أيضًا:',
    permission: (name, about) => `- ${name}: ${about}`,
    link: (link) => `الموافقة عن الجميع هنا: ${link}`,
  },

  register: {
    steps: [
      'في مركز إدارة Microsoft Entra افتح «تسجيلات التطبيقات» واختر «تسجيل جديد».',
      `اختر النظام الأساسي «تطبيقات الأجهزة المحمولة وسطح المكتب» مع عنوان إعادة التوجيه ${apart('http://localhost')}.`,
      'ضمن «المصادقة» اضبط «السماح بتدفقات العميل العامة» على «نعم».',
      'أدخل هنا معرّف العميل ومعرّف المستأجر.',
    ],
    command: 'يفعل ذلك Azure CLI بأمر واحد يطبع معرّف العميل:',
    copy: 'نسخ الأمر',
  },
};
