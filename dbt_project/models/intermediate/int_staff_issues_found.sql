{# Teachers that do not go with each other or with pupils (rules D312, D313, D330, D335–D337, D341, D342, D345). #}

with

staffed as (
    select
        cells.school_year,
        cells.school_code,
        cells.stage,
        {% for field in ['full_time', 'backbone', 'mid_title', 'pe_arts'] %}
        max(case when cells.field = '{{ field }}_teachers' then cells.value end) as {{ field }},
        {% endfor %}
        sum(case when cells.field similar to '(pe|music|art|arts)_teachers' then cells.value end) as subjects,
        sum(case when educations.field is not null then cells.value end) as educated,
        sum(case when required.field is not null then cells.value end) as qualified
    from {{ ref('int_cells_current') }} as cells
    left join {{ ref('education_levels') }} as educations on cells.field = educations.field
    left join {{ ref('measure_inputs') }} as required
        on cells.field = required.field
            and cells.stage = required.stage
            and required.measure = 'qualified_teachers'
    where cells.dataset = 'staff_counts'
    group by cells.school_year, cells.school_code, cells.stage
),

teaching as (
    select
        school_year,
        site_code,
        stage,
        sum(amount) as teachers
    from {{ ref('int_staff_counted') }}
    where measure = 'full_time_teachers'
    group by school_year, site_code, stage
),

taught as (
    select
        stages.school_year,
        stages.site_code as school_code,
        stages.stage,
        stages.students,
        teaching.teachers,
        sites.is_counted,
        coalesce(bool_and(stages.students = 0) over schools, false) as is_empty,
        sum(teaching.teachers) over schools as all_teachers
    from {{ ref('int_site_stages_reported') }} as stages
    left join teaching using (school_year, site_code, stage)
    left join {{ ref('int_sites_placed') }} as sites
        on stages.school_year = sites.school_year and stages.site_code = sites.school_code
    window schools as (partition by stages.school_year, stages.site_code)
),

reborn as (
    select
        today.*,
        before.birth_month as birth_month_before
    from {{ with_year_before(ref('int_teachers_current'), ['teacher_key']) }}
    where today.birth_month <> before.birth_month
),

final as (
    {% for rule_code, part in {'D312': 'backbone', 'D313': 'educated', 'D335': 'greatest(subjects, pe_arts)',
        'D336': 'qualified', 'D337': 'mid_title'}.items() %}
    {{ finding(rule_code, 'staffed', part ~ ' > full_time', dataset="'staff_counts'", stage='stage',
        found=figure_text(part), expected=figure_text('full_time')) }}
    union all by name
    {% endfor %}
    {{ finding('D330', 'taught', 'is_counted and is_empty and all_teachers > 0', found=figure_text('all_teachers')) }}
    union all by name
    {{ finding('D341', 'taught', 'students > 0 and teachers = 0', stage='stage', found=figure_text('students')) }}
    union all by name
    {{ finding('D342', 'taught', 'students = 0 and teachers > 0 and not is_empty', stage='stage',
        found=figure_text('teachers')) }}
    union all by name
    {{ finding('D345', 'reborn', 'true', dataset="'teachers'", source=true, found='teacher_tail',
        expected="strftime(birth_month_before, '%Y-%m')", subject_key='teacher_key') }}
)

select * from final
