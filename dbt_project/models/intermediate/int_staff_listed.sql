{#
    Teachers of the roster that count for each measure of a site and stage. A measure the roster cannot
    tell (no such column, or a counted teacher without an education) leaves a row without an amount.
#}

{% set tests = {
    'full_time_teachers': ('true', 'true', "'full_time_teachers'", 'is_full_time'),
    'qualified_teachers': ('is_qualified', 'education is not null', 'education_field', 'education'),
    'backbone_teachers': ('is_backbone', 'has_backbone_level', "'backbone_teachers'", 'backbone_level'),
    'pe_arts_teachers': ('subject_field is not null', 'has_subject', 'subject_field', 'subject'),
    'mid_title_teachers': ('is_mid_title', 'has_title', "'mid_title_teachers'", 'title'),
} %}

with

teachers as (
    select * from {{ ref('int_teachers_counted') }}
    where place = {{ parameter('exchanged_teacher_counts_at', 'text_value') }}
),

qualified as (
    select
        stage,
        field
    from {{ ref('measure_inputs') }}
    where measure = 'qualified_teachers'
),

headers as (
    select * from {{ ref('stg_columns') }}
    where dataset = 'teachers'
),

counted as (
    select
        teachers.*,
        qualified.field is not null as is_qualified
    from teachers
    left join qualified on teachers.stage = qualified.stage and teachers.education_field = qualified.field
    where teachers.is_counted
),

final as (
    {% for measure, (holds, is_known, field, given) in tests.items() %}
    select
        counted.school_year,
        counted.school_code as site_code,
        counted.stage,
        '{{ measure }}' as measure,
        {{ field }} as field,
        case when {{ is_known }} then 1.0 end as amount,
        'teachers' as dataset,
        counted.import_id,
        counted.file_name,
        counted.sheet_name,
        counted.source_row,
        coalesce(headers.column_name, '{{ given }}') as column_name,
        cast(counted.{{ given }} as varchar) as raw_value
    from counted
    left join headers
        on counted.import_id = headers.import_id
            and counted.file_name = headers.file_name
            and counted.sheet_name is not distinct from headers.sheet_name
            and headers.field = '{{ given }}'
    where {{ holds }} or not ({{ is_known }})
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
