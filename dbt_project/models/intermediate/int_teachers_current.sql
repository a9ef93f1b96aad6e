with

teachers as (
    select * from {{ ref('stg_teachers') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

columns_given as (
    select * from {{ ref('stg_columns') }}
    where dataset = 'teachers'
),

educations as (
    select * from {{ ref('education_levels') }}
),

subjects as (
    select * from {{ ref('subject_groups') }}
),

backbones as (
    select * from {{ ref('backbone_levels') }}
),

titles as (
    select * from {{ ref('titles') }}
),

duties as (
    select * from {{ ref('duty_statuses') }}
),

placed as (
    select
        teachers.* exclude (school_ref),
        resolved.school_code
    from teachers
    inner join resolved on teachers.school_year = resolved.school_year and teachers.school_ref = resolved.school_ref
),

kept as (
    select *
    from placed
    qualify {{ is_current('school_year, school_code', 'school_year, school_code, teacher_key') }}
),

final as (
    select
        kept.*,
        educations.field as education_field,
        subjects.field as subject_field,
        coalesce(backbones.is_counted, false) as is_backbone,
        coalesce(titles.is_mid_or_above, false) as is_mid_title,
        kept.is_full_time and coalesce(duties.is_counted, true) as is_counted,
    {% for field in ['backbone_level', 'subject', 'title'] %}
    count(kept.{{ field }}) over (partition by kept.import_id, kept.file_name, kept.sheet_name) > 0
    or exists (
        select 1 from columns_given
        where columns_given.import_id = kept.import_id
            and columns_given.file_name = kept.file_name
            and columns_given.sheet_name is not distinct from kept.sheet_name
            and columns_given.field = '{{ field }}'
    ) as has_{{ field }},
    {% endfor %}
    from kept
    left join educations on kept.education = educations.education
    left join subjects on kept.subject = subjects.subject
    left join backbones on kept.backbone_level = backbones.backbone_level
    left join titles on kept.title = titles.title
    left join duties on kept.duty_status = duties.duty_status
)

select * from final
